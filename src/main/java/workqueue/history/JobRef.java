package workqueue.history;

/** A Job: its name can be used again, its uid never is. */
public record JobRef(String namespace, String name, String uid) {
  public JobRef {
    namespace = Text.required("namespace", namespace);
    name = Text.required("name", name);
    uid = Text.required("uid", uid);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
