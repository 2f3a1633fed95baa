package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import workqueue.cluster.ClusterNode;

/** What an API server has written down of the requests of one user. */
record AuditLog(List<JsonNode> events) {
  static final String POLICY_FILE = "/etc/audit-policy.yaml";

  /** Deletions with what they ask for, all else by its metadata; once each, at its end. */
  static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived, ResponseStarted]
      rules:
      - level: Request
        verbs: [delete]
        userGroups: ["system:serviceaccounts"]
      - level: Metadata
        userGroups: ["system:serviceaccounts"]
      """;

  private static final String LOG = "/var/log/audit.log";

  static final List<String> ARGUMENTS =
      List.of(
          "--kube-apiserver-arg=audit-policy-file=" + POLICY_FILE,
          "--kube-apiserver-arg=audit-log-path=" + LOG);

  static AuditLog read(ClusterNode node, String user) {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    for (String line : node.require("cat", LOG).lines().toList()) {
      if (line.contains("\"" + user + "\"")) {
        try {
          events.add(json.readTree(line));
        } catch (IOException damaged) {
          throw new IllegalStateException("This is no event of an audit log: " + line, damaged);
        }
      }
    }
    return new AuditLog(events);
  }

  /** Each request as a ledger has it: method, and path with its query. */
  List<String> requests() {
    return events.stream()
        .map(
            each ->
                method(each.path("verb").asText())
                    + " "
                    + URLDecoder.decode(each.path("requestURI").asText(), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  private static String method(String verb) {
    return switch (verb) {
      case "create" -> "POST";
      case "delete" -> "DELETE";
      case "get", "list", "watch" -> "GET";
      default -> verb;
    };
  }

  /** Each right that was used, but those that everybody has. */
  Set<String> used() {
    return events.stream()
        .filter(each -> each.has("objectRef"))
        .filter(each -> !each.at("/objectRef/resource").asText().startsWith("selfsubject"))
        .map(
            each ->
                each.path("verb").asText()
                    + " "
                    + each.at("/objectRef/resource").asText()
                    + (each.at("/objectRef/subresource").asText().isEmpty()
                        ? ""
                        : "/" + each.at("/objectRef/subresource").asText()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What was written without being a trial or a review. */
  List<String> written() {
    return events.stream()
        .filter(each -> !Set.of("get", "list", "watch").contains(each.path("verb").asText()))
        .filter(each -> !each.path("requestURI").asText().contains("dryRun=All"))
        .filter(each -> !each.at("/objectRef/resource").asText().startsWith("selfsubject"))
        .map(each -> each.path("verb").asText() + " " + each.path("requestURI").asText())
        .toList();
  }

  /** The uids that deletions were bound to; empty for one that was bound to none. */
  List<String> deleted() {
    return events.stream()
        .filter(each -> each.path("verb").asText().equals("delete"))
        .map(each -> each.at("/requestObject/preconditions/uid").asText())
        .toList();
  }

  List<Integer> codes() {
    return events.stream().map(each -> each.at("/responseStatus/code").asInt()).toList();
  }
}
