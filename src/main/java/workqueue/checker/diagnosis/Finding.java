package workqueue.checker.diagnosis;

import java.util.List;
import java.util.Objects;
import workqueue.Item;

/**
 * One thing that the record shows: a code, a sentence, and the events that prove it.
 *
 * @param role whether it is a cause, or follows from one
 * @param message one sentence, whole in itself
 * @param items the items it is about, by their identity; empty if it is about none
 * @param pods the names of the pods it is about
 * @param evidence the sequence numbers of the events that prove it
 * @param remedy a command that can be pasted, to fix it or to look closer; empty if none is known
 */
public record Finding(
    FindingCode code,
    Role role,
    String message,
    List<Item> items,
    List<String> pods,
    List<Long> evidence,
    String remedy) {

  /** Whether a finding is a cause or follows from one. */
  public enum Role {
    ROOT,
    CONSEQUENCE
  }

  public Finding {
    Objects.requireNonNull(code);
    Objects.requireNonNull(role);
    if (message.isBlank()) {
      throw new IllegalArgumentException("A finding says in a sentence what was found: " + code);
    }
    items = List.copyOf(items);
    pods = List.copyOf(pods);
    evidence = List.copyOf(evidence);
    Objects.requireNonNull(remedy);
  }

  public Finding(
      FindingCode code,
      Role role,
      String message,
      List<Item> items,
      List<String> pods,
      List<Long> evidence) {
    this(code, role, message, items, pods, evidence, "");
  }
}
