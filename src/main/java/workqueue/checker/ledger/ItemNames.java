package workqueue.checker.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.Item;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.History;
import workqueue.history.Payload;
import workqueue.history.Recorded;

/** The items a claim is about, as data: identity and digest, and a preview for messages. */
public record ItemNames(@JsonValue List<Name> names) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ItemNames {
    names = List.copyOf(names);
  }

  /** One item: enough to find it in a ledger and to name it. */
  public record Name(int id, String digest, String preview) {
    @Override
    public String toString() {
      return "item " + id + " (" + preview + ")";
    }
  }

  public static ItemNames of(List<Item> items) {
    return new ItemNames(
        items.stream()
            .map(item -> new Name(item.id(), Payload.of(item).digest(), item.preview()))
            .sorted(Comparator.comparingInt(Name::id))
            .toList());
  }

  /** All that was published to a queue, whole or not in the record. */
  public static ItemNames published(History history, String queue) {
    return new ItemNames(
        history.all(ItemPublished.class, each -> each.queue().equals(queue)).stream()
            .map(Recorded::event)
            .map(each -> new Name(each.item(), each.payload().digest(), each.payload().preview()))
            .sorted(Comparator.comparingInt(Name::id))
            .toList());
  }

  public int size() {
    return names.size();
  }

  /** Their entries in the ledger, by name; an item without one was not seen being published. */
  public Map<Name, Optional<LedgerEntry>> in(Ledger ledger) {
    Map<Integer, List<LedgerEntry>> byId =
        ledger.entries().stream().collect(Collectors.groupingBy(LedgerEntry::item));
    Map<Name, Optional<LedgerEntry>> found = new LinkedHashMap<>();
    for (Name name : names) {
      found.put(name, equal(name, byId.getOrDefault(name.id(), List.of())));
    }
    return found;
  }

  private static Optional<LedgerEntry> equal(Name name, List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.payload().digest().equals(name.digest()))
        .findFirst();
  }
}
