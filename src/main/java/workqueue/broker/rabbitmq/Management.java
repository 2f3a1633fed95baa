package workqueue.broker.rabbitmq;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.domain.NodeInfo;
import com.rabbitmq.http.client.domain.QueueInfo;
import com.rabbitmq.http.client.domain.UserPermissions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The management API of a broker, asked again where a connection turns out to be dead: the client
 * keeps connections, and RabbitMQ closes those that were idle for a while (from 4.0 on, seen as
 * "HTTP/1.1 header parser received no bytes"). Each of these requests comes to the same when it is
 * sent twice.
 */
final class Management {
  // Each failure takes one of the kept connections out of use; there are rarely more than two.
  private static final int TRIES = 4;

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Client client;
  private final URI api;
  private final String login;

  private Management(Client client, URI api, String login) {
    this.client = client;
    this.api = api;
    this.login = login;
  }

  /**
   * The API at this address.
   *
   * @param url without the path {@code /api}
   */
  static Management at(String url, String user, String password) {
    try {
      URI api = URI.create(url + "/api/");
      byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return new Management(
          new Client(api.toURL(), user, password),
          api,
          "Basic " + Base64.getEncoder().encodeToString(login));
    } catch (MalformedURLException | URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  void createVhost(String vhost) {
    tell(each -> each.createVhost(vhost));
  }

  /** Deletes it with all that it holds; one that is not there is as good as deleted. */
  void deleteVhost(String vhost) {
    tell(each -> each.deleteVhost(vhost));
  }

  void createUser(String user, String password) {
    tell(each -> each.createUser(user, password.toCharArray(), List.of()));
  }

  void createAdministrator(String user, String password) {
    tell(each -> each.createUser(user, password.toCharArray(), List.of("administrator")));
  }

  /** One that is not there is as good as deleted. */
  void deleteUser(String user) {
    tell(each -> each.deleteUser(user));
  }

  void permitAll(String vhost, String user) {
    UserPermissions all = new UserPermissions();
    all.setConfigure(".*");
    all.setRead(".*");
    all.setWrite(".*");
    tell(each -> each.updatePermissions(vhost, user, all));
  }

  /** Null if there is no such queue. */
  QueueInfo queue(String vhost, String queue) {
    return ask(each -> each.getQueue(vhost, queue));
  }

  List<NodeInfo> nodes() {
    return ask(Client::getNodes);
  }

  /**
   * The names of the deprecated features that are in use; none where the broker does not tell, as
   * before RabbitMQ 3.13. The client knows no such request.
   */
  List<String> deprecatedFeatures() {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("deprecated-features/used"))
            .header("Authorization", login)
            .timeout(ANSWER)
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
        return List.of();
      }
      List<String> names = new ArrayList<>();
      new ObjectMapper()
          .readTree(answer.body())
          .forEach(each -> names.add(each.path("name").asText()));
      return names;
    } catch (IOException nothing) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private interface Request {
    void send(Client client);
  }

  private void tell(Request request) {
    ask(
        each -> {
          request.send(each);
          return null;
        });
  }

  private <T> T ask(Function<Client, T> request) {
    for (int tried = 1; ; tried++) {
      try {
        return request.apply(client);
      } catch (RuntimeException failure) {
        if (tried == TRIES || !isOfConnection(failure)) {
          throw failure;
        }
      }
    }
  }

  /** Whether there was no answer at all; one that refuses would do so again. */
  private static boolean isOfConnection(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .anyMatch(IOException.class::isInstance);
  }
}
