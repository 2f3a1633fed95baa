package workqueue.configuration;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a broker is, and as whom to log in.
 *
 * <p>{@link #toString()} never shows the password; {@link #withPassword()} does.
 *
 * @param tls whether the scheme is {@code amqps}
 * @param user decoded; {@code guest} where the URL has none
 * @param password decoded; {@code guest} where the URL has no user
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 1 to 65535; by default 5672, with TLS 5671
 * @param vhost decoded; {@code /} where the URL has none
 */
public record BrokerUrl(
    boolean tls, String user, String password, String host, int port, String vhost) {

  /** The port that AMQP is registered for. */
  public static final int DEFAULT_PORT = 5672;

  /** The port that AMQP over TLS is registered for. */
  public static final int DEFAULT_TLS_PORT = 5671;

  public BrokerUrl {
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    if (host.isBlank()) {
      throw new IllegalArgumentException("A broker's URL names a host.");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("A port is between 1 and 65535, not " + port + ".");
    }
    if (vhost.isEmpty()) {
      throw new IllegalArgumentException("The default vhost is written /, not empty.");
    }
  }

  /** A URL without what may be its password, however malformed it is. */
  public static String redacted(String url) {
    return BrokerUrlParser.redact(url);
  }

  /**
   * What is wrong with a URL that workers are given, as it reads after "the URL", without a secret:
   * that a user, a password or a virtual host in it is not percent-encoded, for one. Options of a
   * client may follow it.
   */
  public static Optional<String> fault(String url) {
    if (!url.startsWith("amqp://") && !url.startsWith("amqps://")) {
      return Optional.empty();
    }
    int options = url.indexOf('?', Math.max(0, url.lastIndexOf('@')));
    try {
      parse(options < 0 ? url : url.substring(0, options));
      return Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.of(malformed.getMessage().replaceFirst("^the URL ", ""));
    }
  }

  /**
   * Reads {@code amqp://<user>:<password>@<host>:<port>/<vhost>}; all but scheme and host may be
   * left out.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong and gives away nothing
   *     of the password
   */
  public static BrokerUrl parse(String url) {
    return new BrokerUrlParser(url).parse();
  }

  /** The same broker and login on another vhost. */
  public BrokerUrl onVhost(String otherVhost) {
    return new BrokerUrl(tls, user, password, host, port, otherVhost);
  }

  /** The same vhost by another login. */
  public BrokerUrl as(String otherUser, String otherPassword) {
    return new BrokerUrl(tls, otherUser, otherPassword, host, port, vhost);
  }

  /** The same login and vhost at another address. */
  public BrokerUrl at(String otherHost, int otherPort) {
    return new BrokerUrl(tls, user, password, otherHost, otherPort, vhost);
  }

  /** The URL with the password in it, percent-encoded: for a worker, never for a log. */
  public String withPassword() {
    return text(PercentEncoding.encode(password));
  }

  @Override
  public String toString() {
    return text("***");
  }

  private String text(String shownPassword) {
    return (tls ? "amqps://" : "amqp://")
        + PercentEncoding.encode(user)
        + ":"
        + shownPassword
        + "@"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port
        + (vhost.equals("/") ? "" : "/" + PercentEncoding.encode(vhost));
  }
}
