package workqueue.configuration;

/** The login and the virtual host that a worker has built in: a broker of its own grants them. */
public record BuiltInLogin(String user, String password, String vhost) {
  @Override
  public String toString() {
    return user + " at " + vhost;
  }
}
