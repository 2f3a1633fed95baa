package workqueue;

/** Numbers of things in words, in which number, noun and verb agree. */
public final class Counted {
  private Counted() {}

  /** "1 item", "2 items", "1 success", "0 retries". */
  public static String of(long count, String thing) {
    return count + " " + noun(count, thing);
  }

  /** "1 item is", "2 items are". */
  public static String are(long count, String thing) {
    return of(count, thing) + (count == 1 ? " is" : " are");
  }

  /** "1 item was", "2 items were". */
  public static String were(long count, String thing) {
    return of(count, thing) + (count == 1 ? " was" : " were");
  }

  /** "1 more success", "2 more successes". */
  public static String more(long count, String thing) {
    return count + " more " + noun(count, thing);
  }

  /** "the one item", "all 2 items". */
  public static String all(long count, String thing) {
    return count == 1 ? "the one " + thing : "all " + of(count, thing);
  }

  /** "the one item", "each of 2 items". */
  public static String each(long count, String thing) {
    return count == 1 ? "the one " + thing : "each of " + of(count, thing);
  }

  private static String noun(long count, String thing) {
    if (count == 1) {
      return thing;
    }
    if (thing.endsWith("s") || thing.endsWith("x") || thing.endsWith("ch")) {
      return thing + "es";
    }
    int last = thing.length() - 1;
    boolean changes = thing.endsWith("y") && "aeiou".indexOf(thing.charAt(last - 1)) < 0;
    return changes ? thing.substring(0, last) + "ies" : thing + "s";
  }
}
