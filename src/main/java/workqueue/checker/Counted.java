package workqueue.checker;

/** Numbers of things in words. */
final class Counted {
  private Counted() {}

  static String of(int count, String thing) {
    return count + " " + (count == 1 ? thing : thing + "s");
  }

  static String are(int count, String thing) {
    return of(count, thing) + (count == 1 ? " is" : " are");
  }

  static String were(int count, String thing) {
    return of(count, thing) + (count == 1 ? " was" : " were");
  }
}
