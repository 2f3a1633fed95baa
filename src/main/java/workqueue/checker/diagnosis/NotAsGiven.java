package workqueue.checker.diagnosis;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workqueue.checker.view.Picture;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.LoginAsked;
import workqueue.history.WireEvent.RefusedByBroker;

/** What workers ask their broker for otherwise than they were given it: it is built in. */
public final class NotAsGiven {
  /** How a virtual host is refused, and to whom where the user lacks the right. */
  private static final Pattern VHOST =
      Pattern.compile("vhost '?([^' ]+)'? (?:not found|refused for user '([^']+)')");

  /** The name that a library could not look up or reach, where it says which that was. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:\\blookup |ENOTFOUND |EAI_AGAIN |UnknownHostException: |resolve host(?: name)? "
              + "|opening socket to )"
              + "['\"]?([A-Za-z0-9][A-Za-z0-9.-]*)['\"]?(?=[\\s:,;)]|$)");

  private static final int FORBIDDEN = 403;

  private final Picture picture;

  NotAsGiven(Picture picture) {
    this.picture = picture;
  }

  /** What is built in of the address of the broker, by its name in {@code work-queue.yaml}. */
  public static Map<String, String> in(History history) {
    NotAsGiven all = new NotAsGiven(new Picture(history));
    Map<String, String> built = new LinkedHashMap<>();
    history.all(RefusedByBroker.class).forEach(each -> built.putAll(all.builtIn(each.event())));
    all.name(
            all.picture.jobs().stream()
                .flatMap(job -> job.attempts().stream())
                .flatMap(each -> each.lines().stream())
                .map(each -> each.event().text())
                .toList())
        .ifPresent(name -> built.put("host", name));
    return built;
  }

  private Map<String, String> builtIn(RefusedByBroker reply) {
    Optional<URI> given = given(picture.connections().podOf(reply.connection()));
    Map<String, String> built = new LinkedHashMap<>();
    Matcher vhost = VHOST.matcher(reply.text());
    if (vhost.find()) {
      if (vhost.group(2) != null
          && !vhost.group(2).equals(given.map(NotAsGiven::user).orElse(""))) {
        built.put("user", vhost.group(2));
      }
      if (!vhost.group(1).equals(given.map(NotAsGiven::vhost).orElse(""))) {
        built.put("vhost", vhost.group(1));
      }
    } else if (given.isPresent() && reply.code() == FORBIDDEN && reply.channel() == 0) {
      login(reply.connection())
          .map(each -> each.event().user())
          .filter(user -> !user.equals(user(given.get())))
          .ifPresent(user -> built.put("user", user));
    }
    return built;
  }

  /**
   * How what was asked for on a refused connection differs from what its worker was given, as it
   * reads after a colon; empty if it does not.
   */
  Optional<String> words(RefusedByBroker reply) {
    Optional<URI> given = given(picture.connections().podOf(reply.connection()));
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> built = builtIn(reply);
    if (built.containsKey("user")) {
      return Optional.of(
          "they log in as %s, and were given user %s"
              .formatted(built.get("user"), user(given.get())));
    }
    if (built.containsKey("vhost")) {
      return Optional.of(
          "they ask for virtual host %s, and were given %s"
              .formatted(built.get("vhost"), vhost(given.get())));
    }
    return login(reply.connection())
        .filter(each -> Boolean.FALSE.equals(each.event().passwordGiven()))
        .map(
            each ->
                "they log in as %s, as they were given it, with a password that they were not given"
                    .formatted(each.event().user()));
  }

  /** A name that these lines say cannot be found or reached, and that no worker was given. */
  Optional<String> name(Collection<String> lines) {
    return lines.stream().flatMap(line -> name(line).stream()).findFirst();
  }

  /** The same of one line. */
  Optional<String> name(String line) {
    String given = given("").map(URI::getHost).orElse("");
    Matcher named = NAME.matcher(line);
    return !given.isEmpty()
            && named.find()
            && !named.group(1).equals(given)
            && !named.group(1).startsWith(given + ".")
        ? Optional.of(named.group(1))
        : Optional.empty();
  }

  private Optional<Recorded<LoginAsked>> login(String connection) {
    return picture.history.last(LoginAsked.class, each -> each.connection().equals(connection));
  }

  /** The login of a refused connection, as proof. */
  List<Long> proof(RefusedByBroker reply) {
    return login(reply.connection()).stream().map(Recorded::seq).toList();
  }

  /** The URL that the pod was given, without its password; that of any Job if it is none of one. */
  private Optional<URI> given(String pod) {
    return picture.jobs().stream()
        .filter(job -> job.hasPod(pod))
        .findFirst()
        .or(() -> picture.jobs().stream().findFirst())
        .map(job -> job.state().spec().brokerUrl())
        .flatMap(NotAsGiven::parsed);
  }

  private static Optional<URI> parsed(String url) {
    try {
      return Optional.of(URI.create(url)).filter(each -> each.getUserInfo() != null);
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
  }

  private static String user(URI url) {
    return url.getUserInfo().replaceFirst(":.*", "");
  }

  private static String vhost(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    return path.isEmpty() ? "/" : path.substring(1);
  }
}
