package workqueue.configuration;

/**
 * What workers log in with: a user of the broker, its password, and the virtual host it may use.
 */
public record WorkerLogin(String user, String password, String vhost) {
  @Override
  public String toString() {
    return user + " at " + vhost;
  }
}
