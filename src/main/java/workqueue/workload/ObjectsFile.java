package workqueue.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.ScenarioNamespace;

/** A file of objects that a scenario wants beside its Job; {@code $(NAMESPACE)} is its own. */
final class ObjectsFile {
  private final Path file;

  ObjectsFile(Path file) {
    this.file = file;
  }

  /** Makes the objects, in the namespace where they have one; returns what they are. */
  List<HasMetadata> create(ScenarioNamespace namespace) {
    return namespace.client().resourceList(read(namespace)).inNamespace(namespace.name()).create();
  }

  private List<HasMetadata> read(ScenarioNamespace namespace) {
    try {
      byte[] text =
          Files.readString(file)
              .replace("$(NAMESPACE)", namespace.name())
              .getBytes(StandardCharsets.UTF_8);
      return namespace.client().load(new ByteArrayInputStream(text)).items();
    } catch (IOException unreadable) {
      throw new EnvironmentTrouble(file + " cannot be read.", unreadable);
    }
  }

  /** The objects in words, as in {@code Secret broker-login}. */
  static String words(List<HasMetadata> objects) {
    return objects.stream()
        .map(each -> each.getKind() + " " + each.getMetadata().getName())
        .collect(Collectors.joining(", "));
  }
}
