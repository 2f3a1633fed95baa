package workqueue.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PushImageCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.Image;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/**
 * An engine that only has images, and treats them as Docker does: one goes with its last name, and
 * none that others are made of. What it pushes goes nowhere.
 */
final class FakeEngine {
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final List<String> pushed = new ArrayList<>();

  private record Layer(String id, String parent, Map<String, String> labels, List<String> names) {}

  /** Has an image, or a layer where there is no name. */
  FakeEngine with(String id, String parent, Map<String, String> labels, String... names) {
    layers.put(id, new Layer(id, parent, labels, new ArrayList<>(List.of(names))));
    return this;
  }

  List<String> images() {
    return List.copyOf(layers.keySet());
  }

  /** The names that were pushed, in turn. */
  List<String> pushed() {
    return pushed;
  }

  Engine engine() {
    return new Engine(client(), new Patience(1, Progress.NONE));
  }

  DockerClient client() {
    return fake(
        DockerClient.class,
        (method, arguments) ->
            switch (method) {
              case "inspectImageCmd" -> command(method, () -> inspect((String) arguments[0]));
              case "removeImageCmd" -> command(method, () -> remove((String) arguments[0]));
              case "tagImageCmd" ->
                  command(
                      method, () -> tag((String) arguments[0], arguments[1] + ":" + arguments[2]));
              case "pushImageCmd" -> pushing((String) arguments[0]);
              case "listImagesCmd" -> command(method, this::listed);
              case "listContainersCmd", "listNetworksCmd" -> command(method, List::of);
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private Optional<Layer> find(String name) {
    return layers.values().stream()
        .filter(each -> each.id().equals(name) || each.names().contains(name))
        .findFirst();
  }

  private InspectImageResponse inspect(String name) {
    Layer layer = find(name).orElseThrow(() -> new NotFoundException("no such image: " + name));
    return new InspectImageResponse()
        .withId(layer.id())
        .withParent(layer.parent())
        .withRepoTags(List.copyOf(layer.names()))
        .withConfig(new ContainerConfig().withLabels(layer.labels()));
  }

  private Void tag(String name, String other) {
    find(name).orElseThrow().names().add(other);
    return null;
  }

  private PushImageCmd pushing(String name) {
    PushImageCmd[] self = new PushImageCmd[1];
    self[0] =
        fake(
            PushImageCmd.class,
            (method, arguments) -> {
              if (!method.equals("exec")) {
                return self[0];
              }
              pushed.add(find(name).map(each -> name).orElseThrow());
              ((ResultCallback<?>) arguments[0]).onComplete();
              return arguments[0];
            });
    return self[0];
  }

  private Void remove(String name) {
    Layer layer = find(name).orElseThrow(() -> new NotFoundException("no such image: " + name));
    layer.names().remove(name);
    if (layer.id().equals(name) && !isBase(layer)) {
      layer.names().clear();
    } else if (layer.id().equals(name)) {
      throw new ConflictException("image has dependent child images");
    }
    if (!layer.names().isEmpty()) {
      return null;
    }
    if (isBase(layer)) {
      throw new ConflictException("image has dependent child images");
    }
    layers.remove(layer.id());
    return null;
  }

  private boolean isBase(Layer layer) {
    return layers.values().stream().anyMatch(each -> layer.id().equals(each.parent()));
  }

  /** As {@code docker images --filter label=} shows them: no layer that an image is made of. */
  private List<Image> listed() {
    List<Image> listed = new ArrayList<>();
    for (Layer layer : layers.values()) {
      if (layer.labels().containsKey(RunLock.LABEL)
          && (!layer.names().isEmpty() || !isBase(layer))) {
        listed.add(image(layer));
      }
    }
    return listed;
  }

  private static Image image(Layer layer) {
    return new ObjectMapper()
        .convertValue(
            Map.of(
                "Id",
                layer.id(),
                "RepoTags",
                layer.names().isEmpty() ? List.of("<none>:<none>") : layer.names(),
                "Labels",
                layer.labels()),
            Image.class);
  }

  /** Answers a call of a method. */
  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  /** What a command comes to. */
  private interface Outcome {
    Object get();
  }

  /** A command of the client's: all its settings are taken, and its execution comes to this. */
  private static Object command(String name, Outcome outcome) {
    Class<?> type =
        Arrays.stream(DockerClient.class.getMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow()
            .getReturnType();
    Object[] self = new Object[1];
    self[0] = fake(type, (method, arguments) -> method.equals("exec") ? outcome.get() : self[0]);
    return self[0];
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }
}
