package workqueue.checker.diagnosis;

/**
 * What can be done about a cause.
 *
 * @param who can do it
 * @param what to do, as an order
 */
public record Remedy(Who who, String what) {

  static Remedy by(Who who, String what) {
    return new Remedy(who, what);
  }
}
