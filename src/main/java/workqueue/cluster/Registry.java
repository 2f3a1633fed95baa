package workqueue.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PushResponseItem;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLHandshakeException;
import org.testcontainers.utility.DockerImageName;
import workqueue.EnvironmentTrouble;

/** A registry that speaks the distribution API, over TLS or over plain HTTP. */
public final class Registry {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration PUSH = Duration.ofMinutes(10);
  private static final String MANIFESTS =
      "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.oci.image.index.v1+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json";

  private static final Pattern CHALLENGE = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private final String prefix;
  private final String authority;
  private final Path logins;
  private final HttpClient http;
  private String scheme;
  private Optional<RegistryLogin> login;
  private String authorization = "";

  /**
   * @param prefix {@code host:port}, optionally followed by a path: what image names begin with
   */
  public Registry(String prefix) {
    this(prefix, RegistryLogin.usualFolder(System.getenv()), RegistryTrust.USUAL_FOLDER);
  }

  /**
   * @param logins where Docker keeps its logins
   * @param authorities where Docker looks for authorities of single registries
   */
  Registry(String prefix, Path logins, Path authorities) {
    this.prefix = prefix;
    this.authority = prefix.contains("/") ? prefix.substring(0, prefix.indexOf('/')) : prefix;
    this.logins = logins;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(ANSWER)
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(RegistryTrust.of(authorities, authority))
            .build();
  }

  /** The name that an image of the repository has here, without a tag. */
  public String name(String repository) {
    return prefix + "/" + repository;
  }

  /**
   * The name, with a tag, under which an image from elsewhere is kept here. One that is known by
   * its digest gets a tag made of that.
   */
  String referenceTo(String image) {
    DockerImageName name = DockerImageName.parse(image);
    return name(name.getRepository()) + ":" + name.getVersionPart().replace(':', '-');
  }

  /**
   * Pushes an image that the engine holds under a name of this registry.
   *
   * @param reference {@link #name} and a tag
   * @throws EnvironmentTrouble if the registry does not take it
   */
  public void push(Engine engine, String reference) {
    List<String> errors = new ArrayList<>();
    try {
      var answer =
          new ResultCallback.Adapter<PushResponseItem>() {
            @Override
            public void onNext(PushResponseItem item) {
              if (item.getErrorDetail() != null) {
                errors.add(item.getErrorDetail().getMessage());
              }
            }
          };
      engine
          .client()
          .pushImageCmd(reference)
          .withAuthConfig(
              login()
                  .map(
                      known ->
                          new AuthConfig()
                              .withRegistryAddress(authority)
                              .withUsername(known.user())
                              .withPassword(known.password()))
                  .orElseGet(AuthConfig::new))
          .exec(new EngineWork<>(answer, PushResponseItem::getStatus))
          .await(engine.patience(), "the registry to take " + reference, PUSH);
    } catch (DockerException refused) {
      errors.add(refused.getMessage());
    }
    if (!errors.isEmpty()) {
      throw new EnvironmentTrouble(
          "The registry does not take %s: %s%nRemedy: try docker push %s by hand."
              .formatted(reference, String.join("; ", errors), reference));
    }
  }

  /** The tags of a repository; empty if the registry does not know it. */
  public List<String> tags(String repository) {
    return StreamSupport.stream(
            get("/v2/" + path(repository) + "/tags/list", "application/json")
                .path("tags")
                .spliterator(),
            false)
        .map(JsonNode::asText)
        .toList();
  }

  /** The digest of the configuration of a tagged image: what Docker calls the image's id. */
  public String configurationDigest(String repository, String tag) {
    return get("/v2/" + path(repository) + "/manifests/" + tag, MANIFESTS)
        .path("config")
        .path("digest")
        .asText();
  }

  /** The digest of the manifest of a tagged image: what a pull is pinned to. */
  public String manifestDigest(String repository, String tag) {
    return send("/v2/" + path(repository) + "/manifests/" + tag, MANIFESTS)
        .headers()
        .firstValue("Docker-Content-Digest")
        .orElse("");
  }

  private String path(String repository) {
    int slash = prefix.indexOf('/');
    return slash < 0 ? repository : prefix.substring(slash + 1) + "/" + repository;
  }

  private JsonNode get(String path, String accept) {
    try {
      return new ObjectMapper().readTree(send(path, accept).body());
    } catch (IOException damaged) {
      throw noAnswer(path, damaged);
    }
  }

  private synchronized Optional<RegistryLogin> login() {
    if (login == null) {
      login = RegistryLogin.of(logins, authority);
    }
    return login;
  }

  private synchronized HttpResponse<String> send(String path, String accept) {
    String base = scheme(path) + "://" + authority;
    HttpResponse<String> answer = get(path, URI.create(base + path), accept, authorization);
    if (answer.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      authorization = authorized(path, answer);
      answer = get(path, URI.create(base + path), accept, authorization);
    }
    int code = answer.statusCode();
    if (code == HttpURLConnection.HTTP_OK || code == HttpURLConnection.HTTP_NOT_FOUND) {
      return answer;
    }
    if (code == HttpURLConnection.HTTP_UNAUTHORIZED || code == HttpURLConnection.HTTP_FORBIDDEN) {
      throw new EnvironmentTrouble(
          "The registry %s does not let %s see %s.%nRemedy: docker login %s"
              .formatted(
                  prefix, login().map(RegistryLogin::user).orElse("anybody"), path, authority));
    }
    throw new EnvironmentTrouble(
        "The registry %s answers to %s with status %d.%nRemedy: see its log, and run again."
            .formatted(prefix, path, code));
  }

  /** TLS, unless the registry speaks plain HTTP; that is found out once. */
  private String scheme(String path) {
    if (scheme == null) {
      try {
        http.send(request(URI.create("https://" + authority + "/v2/"), "*/*", ""), discarding());
        scheme = "https";
      } catch (SSLHandshakeException untrusted) {
        throw new EnvironmentTrouble(
            "The certificate of the registry %s is not trusted: %s%nRemedy: put the authority that signed it into %s"
                .formatted(
                    authority,
                    untrusted.getMessage(),
                    RegistryTrust.USUAL_FOLDER.resolve(authority).resolve("ca.crt")),
            untrusted);
      } catch (IOException noTls) {
        // Whoever speaks no TLS may wait for a request in plain words until the limit.
        get(path, URI.create("http://" + authority + "/v2/"), "*/*", "");
        scheme = "http";
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw noAnswer(path, interrupted);
      }
    }
    return scheme;
  }

  private boolean isLocal() {
    String host = authority.replaceFirst(":\\d+$", "");
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  /** What answers a challenge: the login itself, or a token that is fetched with it. */
  private String authorized(String path, HttpResponse<String> answer) {
    String challenge = answer.headers().firstValue("WWW-Authenticate").orElse("");
    if (scheme.equals("http") && login().isPresent() && !isLocal()) {
      throw new EnvironmentTrouble(
          """
          The registry %s asks for a login and speaks plain HTTP: the login is not sent.
          Remedy: a registry that speaks TLS, or one that asks for no login."""
              .formatted(prefix));
    }
    String basic = login().map(RegistryLogin::basic).orElse("");
    if (!challenge.startsWith("Bearer ")) {
      return basic;
    }
    Map<String, String> parts = new HashMap<>();
    CHALLENGE.matcher(challenge).results().forEach(each -> parts.put(each.group(1), each.group(2)));
    String query =
        Stream.of("service", "scope")
            .filter(parts::containsKey)
            .map(each -> each + "=" + URLEncoder.encode(parts.get(each), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> told =
        get(
            path,
            URI.create(parts.getOrDefault("realm", "") + (query.isEmpty() ? "" : "?" + query)),
            "application/json",
            basic);
    try {
      JsonNode token = new ObjectMapper().readTree(told.body());
      return "Bearer " + token.path("token").asText(token.path("access_token").asText());
    } catch (IOException damaged) {
      throw noAnswer(path, damaged);
    }
  }

  private HttpResponse<String> get(String path, URI uri, String accept, String authorization) {
    try {
      return http.send(request(uri, accept, authorization), HttpResponse.BodyHandlers.ofString());
    } catch (IOException silent) {
      throw noAnswer(path, silent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw noAnswer(path, interrupted);
    }
  }

  private static HttpRequest request(URI uri, String accept, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Accept", accept).timeout(ANSWER);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  private static HttpResponse.BodyHandler<Void> discarding() {
    return HttpResponse.BodyHandlers.discarding();
  }

  private EnvironmentTrouble noAnswer(String path, Exception cause) {
    return new EnvironmentTrouble(
        "The registry %s does not answer to %s.%nRemedy: see whether it runs and is reached from here."
            .formatted(prefix, path),
        cause);
  }
}
