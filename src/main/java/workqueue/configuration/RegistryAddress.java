package workqueue.configuration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry that this machine can push to and the cluster pulls from.
 *
 * @param authority {@code host} or {@code host:port}
 * @param prefix the path before every image's name; may be empty
 */
public record RegistryAddress(String authority, String prefix) {
  static final String FORM = "<host>:<port>[/<prefix>], for example registry.example:5000/team";

  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?<host>[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:]+\\])(?::(?<port>[0-9]+))?");

  /**
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public RegistryAddress {
    Matcher matcher = AUTHORITY.matcher(authority);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it does not begin with a host.");
    }
    String port = matcher.group("port");
    // Without a dot or a port, engines take the first word for a user of Docker Hub.
    if (port == null && !authority.contains(".") && !authority.equals("localhost")) {
      throw new IllegalArgumentException(
          "an engine takes "
              + authority
              + " for a user of Docker Hub, not for a host: add a port.");
    }
    if (port != null && !isPort(port)) {
      throw new IllegalArgumentException("its port is not between 1 and 65535.");
    }
    if (!prefix.isEmpty() && !ImageName.isPath(prefix)) {
      throw new IllegalArgumentException("its prefix is not a path of lower-case words.");
    }
  }

  /**
   * Reads {@code host:port[/prefix]}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static RegistryAddress parse(String text) {
    if (text.contains("://")) {
      throw new IllegalArgumentException("it has a scheme; leave that out.");
    }
    int slash = text.indexOf('/');
    return slash < 0
        ? new RegistryAddress(text, "")
        : new RegistryAddress(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return prefix.isEmpty() ? authority : authority + "/" + prefix;
  }

  private static boolean isPort(String digits) {
    return digits.length() <= 5
        && Integer.parseInt(digits) >= 1
        && Integer.parseInt(digits) <= 65535;
  }
}
