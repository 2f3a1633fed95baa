package workqueue;

import java.util.ArrayList;
import java.util.List;

/** Makes the items that scenarios publish. */
public final class Items {
  private static final List<String> FRUIT =
      List.of("apple", "banana", "cherry", "date", "fig", "grape", "lemon", "melon");

  private Items() {}

  /** The eight items of the documented procedure, in its order. */
  public static List<Item> ofTutorial() {
    return ofTutorial(FRUIT.size());
  }

  /**
   * The documented items, numbered on from the second round ({@code apple-2}) when more than eight
   * are wanted, so that all differ.
   */
  public static List<Item> ofTutorial(int count) {
    List<Item> items = new ArrayList<>(count);
    for (int id = 0; id < count; id++) {
      String fruit = FRUIT.get(id % FRUIT.size());
      int round = id / FRUIT.size() + 1;
      items.add(Item.of(id, round == 1 ? fruit : fruit + "-" + round));
    }
    return List.copyOf(items);
  }
}
