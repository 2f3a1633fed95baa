package workqueue.checker.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.OutputSeen;
import workqueue.history.Evidence;
import workqueue.history.Payload;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.Termination;
import workqueue.history.WorkerEvent.LogLine;

/** Reads, from what a worker declares as evidence, what it worked on. */
public final class EvidenceReader {
  private static final Pattern DIGEST = Pattern.compile("digest (sha256:[0-9a-f]{64}) bytes \\d+");

  private final Picture picture;
  private final Evidence evidence;
  private Shown shown;

  public EvidenceReader(Picture picture) {
    this.picture = picture;
    this.evidence = picture.history.header().evidence();
  }

  /** A piece of evidence: what it names, as {@link #key(Payload)} would. */
  public record Piece(String key, LedgerEntry.Work work) {}

  /** What evidence would call this payload; empty if it cannot tell it from others. */
  public Optional<String> key(Payload payload) {
    return switch (evidence.kind()) {
      case LOG_PATTERN -> Optional.ofNullable(payload.text()).map(EvidenceReader::firstLine);
      case DIGEST_LINE, OUTPUT_QUEUE -> Optional.of(payload.digest());
      case NONE -> Optional.empty();
    };
  }

  public List<Piece> pieces() {
    return shown().pieces();
  }

  /**
   * @param unclear the lines that show something of which it is not known what
   */
  private record Shown(List<Piece> pieces, List<String> unclear) {}

  private Shown shown() {
    if (shown == null) {
      shown =
          switch (evidence.kind()) {
            case LOG_PATTERN -> fromLogs(Pattern.compile(evidence.pattern()));
            case DIGEST_LINE -> fromLogs(DIGEST);
            case OUTPUT_QUEUE -> new Shown(fromQueue(), List.of());
            case NONE -> new Shown(List.of(), List.of());
          };
    }
    return shown;
  }

  /** The attempts whose evidence may not be known whole, and other reasons for doubt. */
  public List<String> unread() {
    List<String> unread = new ArrayList<>();
    switch (evidence.kind()) {
      case LOG_PATTERN, DIGEST_LINE -> {
        unread.addAll(shown().unclear());
        for (JobView job : picture.jobs()) {
          unread(job).forEach(attempt -> unread.add("the log of " + attempt));
          job.pods.stream()
              .filter(PodView::mayHaveRunUnseen)
              .forEach(pod -> unread.add("what " + pod + " did on its way out"));
          if (!picture.allPodsSeen(job)) {
            unread.add("the pods of " + job + " while the watch on pods had lost sight");
          }
        }
      }
      case OUTPUT_QUEUE -> {
        if (!picture.history.gaps(Source.BROKER).isEmpty()) {
          unread.add("the queue " + evidence.pattern() + " while the broker was out of sight");
        }
      }
      case NONE -> {}
    }
    if (picture.history.finalState().isEmpty()) {
      unread.add("the final state");
    }
    return unread;
  }

  /** The runs of the Job that show their work in a log of which not all was read. */
  public List<Attempt> unread(JobView job) {
    boolean logged =
        evidence.kind() == Evidence.Kind.LOG_PATTERN
            || evidence.kind() == Evidence.Kind.DIGEST_LINE;
    return logged
        ? job.attempts().stream()
            .filter(attempt -> attempt.began() && !attempt.logComplete())
            .toList()
        : List.of();
  }

  private Shown fromLogs(Pattern pattern) {
    List<Piece> pieces = new ArrayList<>();
    List<String> unclear = new ArrayList<>();
    Set<String> published =
        picture.history.all(ItemPublished.class).stream()
            .flatMap(each -> key(each.event().payload()).stream())
            .collect(Collectors.toSet());
    MixedLines mixed = new MixedLines(pattern);
    for (Recorded<LogLine> each : picture.history.all(LogLine.class)) {
      if (isWorker(each.event()) && !mixed.takes(each)) {
        shownBy(each, pattern, published).ifPresent(key -> pieces.add(piece(key, each)));
      }
    }
    for (MixedLines.Block block : mixed.blocks()) {
      Optional<List<String>> items = block.items(published);
      Optional<String> one = shownBy(block.first, pattern, published);
      if (items.isPresent()) {
        items.get().forEach(key -> pieces.add(piece(key, block.first)));
      } else if (one.filter(published::contains).isPresent()) {
        pieces.add(piece(one.get(), block.first));
      } else {
        LogLine line = block.first.event();
        unclear.add(
            "what line %d of the log of %s shows, on which several begin"
                .formatted(line.line(), line.pod().name()));
      }
    }
    return new Shown(pieces, unclear);
  }

  private static Optional<String> shownBy(
      Recorded<LogLine> line, Pattern pattern, Set<String> published) {
    Matcher matcher = pattern.matcher(line.event().text());
    return matcher.find()
        ? Optional.ofNullable(matcher.group(1)).map(text -> named(text, published))
        : Optional.empty();
  }

  private Piece piece(String key, Recorded<LogLine> recorded) {
    LogLine line = recorded.event();
    Integer exitCode =
        picture
            .pod(line.pod())
            .attempt(line.container(), line.attempt())
            .end()
            .map(Termination::exitCode)
            .filter(any -> !wasStopped(line.pod().name()))
            .orElse(null);
    return new Piece(
        key, new LedgerEntry.Work(recorded.seq(), line.pod().name(), line.attempt(), exitCode));
  }

  /** Whether it is a pod of a Deployment that was scaled down: its exit code tells nothing. */
  private boolean wasStopped(String name) {
    return picture.jobs().stream().anyMatch(job -> job.serves() && job.hasPod(name))
        && picture.podNamed(name).flatMap(PodView::deletionSeenAt).isPresent();
  }

  /**
   * As the item is called that it names, as it is, quoted, or as far as ASCII has its characters;
   * itself if it names none.
   */
  private static String named(String shown, Set<String> published) {
    if (published.contains(shown)) {
      return shown;
    }
    for (String text : List.of(shown, Escapes.unquoted(shown))) {
      String undone = firstLine(Escapes.undone(text));
      if (published.contains(undone)) {
        return undone;
      }
    }
    List<String> meant =
        shown.indexOf('?') < 0
            ? List.of()
            : published.stream().filter(each -> Escapes.inAscii(each).equals(shown)).toList();
    return meant.size() == 1 ? meant.get(0) : shown;
  }

  private boolean isWorker(LogLine line) {
    PodView pod = picture.pod(line.pod());
    // A pod whose own state was never seen can only be a worker: only workers' logs are read.
    return pod.states().isEmpty() || (!pod.jobUid().isEmpty() && pod.isWorker(line.container()));
  }

  private List<Piece> fromQueue() {
    List<Piece> pieces = new ArrayList<>();
    for (Recorded<OutputSeen> each :
        picture.history.all(OutputSeen.class, out -> out.queue().equals(evidence.pattern()))) {
      pieces.add(
          new Piece(
              each.event().payload().digest(),
              new LedgerEntry.Work(each.seq(), each.event().pod(), -1, null)));
    }
    return pieces;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
