package workqueue.history;

/** A pod: its name can be used again, its uid never is. */
public record PodRef(String namespace, String name, String uid) {
  public PodRef {
    namespace = Text.required("namespace", namespace);
    name = Text.required("name", name);
    uid = Text.required("uid", uid);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
