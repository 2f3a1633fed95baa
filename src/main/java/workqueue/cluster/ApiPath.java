package workqueue.cluster;

import java.util.Locale;

/** Where the API has the objects of a kind. */
public final class ApiPath {
  private ApiPath() {}

  /**
   * The list of a kind in a namespace, from the server's root.
   *
   * @param apiVersion {@code v1}, or group and version: {@code batch/v1}
   * @param kind one whose plural is made by an s
   */
  public static String of(String apiVersion, String kind, String namespace) {
    return (apiVersion.contains("/") ? "/apis/" : "/api/")
        + apiVersion
        + "/namespaces/"
        + namespace
        + "/"
        + resource(kind);
  }

  /** The name of a kind's resource: its plural. */
  public static String resource(String kind) {
    return kind.toLowerCase(Locale.ROOT) + "s";
  }

  /** The group of a version; empty for the core group. */
  public static String group(String apiVersion) {
    return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
  }
}
