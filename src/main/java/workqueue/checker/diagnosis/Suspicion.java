package workqueue.checker.diagnosis;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import workqueue.Item;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.JobState;

/**
 * Something that the record proves, before it is known whether it is a cause or follows from one.
 *
 * @param message one clause, so that "because" can stand before it
 */
public record Suspicion(
    FindingCode code,
    String message,
    List<Item> items,
    List<String> pods,
    List<Long> evidence,
    String remedy) {

  public static Suspicion of(FindingCode code, String message) {
    return new Suspicion(code, message, List.of(), List.of(), List.of(), "");
  }

  Suspicion items(Collection<LedgerEntry> entries) {
    List<Item> named = entries.stream().map(LedgerEntry::asItem).toList();
    return new Suspicion(code, message, named, pods, evidence, remedy);
  }

  public Suspicion pods(Collection<String> names) {
    List<String> named = names.stream().filter(name -> !name.isEmpty()).distinct().toList();
    return new Suspicion(code, message, items, named, evidence, remedy);
  }

  public Suspicion proof(Collection<Long> events) {
    List<Long> sorted = events.stream().filter(seq -> seq > 0).distinct().sorted().toList();
    return new Suspicion(code, message, items, pods, sorted, remedy);
  }

  public Suspicion proof(long... events) {
    return proof(Arrays.stream(events).boxed().toList());
  }

  Suspicion remedy(String command) {
    return new Suspicion(code, message, items, pods, evidence, command);
  }

  /**
   * The Jobs that it is about, as its pods and the events that prove it show; none if it is open.
   */
  List<JobView> jobs(Picture picture) {
    return picture.jobs().stream().filter(job -> isAbout(job, picture)).toList();
  }

  private boolean isAbout(JobView job, Picture picture) {
    return pods.stream().anyMatch(job::hasPod)
        || evidence.stream()
            .map(seq -> picture.event(seq).event())
            .anyMatch(event -> event instanceof JobState state && state.job().equals(job.ref));
  }

  public Finding asRoot() {
    return new Finding(code, Role.ROOT, message, items, pods, evidence, remedy);
  }

  Finding asConsequenceOf(Suspicion root) {
    String because = message + ", because " + root.message;
    return new Finding(code, Role.CONSEQUENCE, because, items, pods, evidence, remedy);
  }
}
