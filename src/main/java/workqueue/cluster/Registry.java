package workqueue.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PushResponseItem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.testcontainers.utility.DockerImageName;
import workqueue.EnvironmentTrouble;

/** A registry that speaks the distribution API over plain HTTP. */
public final class Registry {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration PUSH = Duration.ofMinutes(10);
  private static final String MANIFESTS =
      "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.oci.image.index.v1+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json";

  private final String prefix;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(ANSWER).version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param prefix {@code host:port}, optionally followed by a path: what image names begin with
   */
  public Registry(String prefix) {
    this.prefix = prefix;
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

  private HttpResponse<String> send(String path, String accept) {
    String authority = prefix.contains("/") ? prefix.substring(0, prefix.indexOf('/')) : prefix;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + authority + path))
            .header("Accept", accept)
            .timeout(ANSWER)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException silent) {
      throw noAnswer(path, silent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw noAnswer(path, interrupted);
    }
  }

  private EnvironmentTrouble noAnswer(String path, Exception cause) {
    return new EnvironmentTrouble(
        "The registry %s does not answer to %s.%nRemedy: see whether it runs and is reached from here."
            .formatted(prefix, path),
        cause);
  }
}
