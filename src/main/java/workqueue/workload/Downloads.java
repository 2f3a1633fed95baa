package workqueue.workload;

import java.util.List;

/** Tells a download that failed from anything else that a package manager complains of. */
public final class Downloads {
  private static final List<String> SIGNS =
      List.of(
          "Temporary failure resolving",
          "Could not resolve",
          "Unable to connect to",
          "Could not connect to",
          "Connection timed out",
          "Connection failed",
          "Failed to fetch",
          "CERTIFICATE_VERIFY_FAILED",
          "Could not fetch URL",
          "npm error network",
          "dial tcp",
          "failed to verify certificate",
          "Could not transfer artifact",
          "failed to download from");

  private Downloads() {}

  /**
   * Whether the output of {@code apt-get}, {@code pip}, {@code npm}, {@code go}, {@code mvn} or
   * {@code cargo} shows that what it downloads from was not reached.
   */
  public static boolean failed(String output) {
    return SIGNS.stream().anyMatch(output::contains);
  }
}
