package workqueue.configuration;

import java.util.Locale;

/** Reads a broker's URL, and says in a sentence what is wrong with one, never quoting a secret. */
final class BrokerUrlParser {
  // Written amqp[s] so that redaction does not take the placeholder for a password.
  static final String FORM = "amqp[s]://<user>:<password>@<host>:<port>/<vhost>";

  private final String url;

  BrokerUrlParser(String url) {
    this.url = url;
  }

  /** Hides all that may be a password in a URL, however malformed. */
  static String redact(String url) {
    int at = url.lastIndexOf('@');
    if (at < 0) {
      // Where the host was forgotten the password stands in the port's place.
      return url.replaceFirst("://([^:/]*):(?![0-9]*(?:/|$))[^/]*", "://$1:***");
    }
    int schemeEnd = url.indexOf("://");
    int start = schemeEnd < 0 || schemeEnd > at ? 0 : schemeEnd + 3;
    int colon = url.indexOf(':', start);
    return colon < 0 || colon > at ? url : url.substring(0, colon) + ":***" + url.substring(at);
  }

  BrokerUrl parse() {
    int schemeEnd = url.indexOf("://");
    String scheme = schemeEnd < 0 ? "" : url.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
    if (!scheme.equals("amqp") && !scheme.equals("amqps")) {
      throw wrong("does not begin with amqp:// or amqps://.");
    }
    String rest = url.substring(schemeEnd + 3);
    if (rest.chars().anyMatch(each -> Character.isWhitespace(each) || each < ' ')) {
      throw wrong("holds a space or a control character.");
    }
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw wrong("holds a ? or #: no options are read from it; in a word write %3F or %23.");
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String vhost = slash < 0 ? "" : rest.substring(slash + 1);
    if (vhost.indexOf('@') >= 0) {
      throw wrong("has an @ after a /: write %2F for a / in a password, %40 for an @ in a vhost.");
    }
    if (vhost.indexOf('/') >= 0) {
      throw wrong("has a second /: write %2F for a / in a vhost.");
    }
    int at = authority.indexOf('@');
    if (at != authority.lastIndexOf('@')) {
      throw wrong("has two @: write %40 for an @ in a user or a password.");
    }
    boolean tls = scheme.equals("amqps");
    Login login = login(at < 0 ? "" : authority.substring(0, at));
    Address address = address(authority.substring(at + 1), tls);
    return new BrokerUrl(
        tls,
        login.user,
        login.password,
        address.host,
        address.port,
        vhost.isEmpty() ? "/" : decoded(vhost, "vhost"));
  }

  private Login login(String userInfo) {
    if (userInfo.isEmpty()) {
      return new Login("guest", "guest");
    }
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      throw wrong("has a user but no password.");
    }
    if (userInfo.indexOf(':', colon + 1) >= 0) {
      throw wrong("has a second : before the @: write %3A for a : in a password.");
    }
    if (colon == 0) {
      throw wrong("has a password but no user.");
    }
    return new Login(
        decoded(userInfo.substring(0, colon), "user"),
        decoded(userInfo.substring(colon + 1), "password"));
  }

  private Address address(String text, boolean tls) {
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    if (text.startsWith("[") && bracket < 0) {
      throw wrong("has a [ without its ].");
    }
    int colon = text.indexOf(':', bracket + 1);
    String host = colon < 0 ? text : text.substring(0, colon);
    if (bracket >= 0) {
      host = host.length() == bracket + 1 ? host.substring(1, bracket) : text;
    }
    if (host.isEmpty()) {
      throw wrong("names no host.");
    }
    if (!host.matches(bracket >= 0 ? "[0-9A-Fa-f:.]+" : "[A-Za-z0-9._-]+")) {
      throw wrong("names a host that is no name and no address.");
    }
    if (colon < 0) {
      return new Address(host, tls ? BrokerUrl.DEFAULT_TLS_PORT : BrokerUrl.DEFAULT_PORT);
    }
    String port = text.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65535) {
      throw wrong("has a port that is not between 1 and 65535.");
    }
    return new Address(host, Integer.parseInt(port));
  }

  private static String decoded(String text, String part) {
    return PercentEncoding.decode(text)
        .orElseThrow(
            () ->
                wrong(
                    "has a % in its "
                        + part
                        + " that does not begin an encoded character: write %25 for a %."));
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("the URL " + what);
  }

  private record Login(String user, String password) {}

  private record Address(String host, int port) {}
}
