package workqueue.checker.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.MessagePublished;
import workqueue.history.WireEvent.MessageReturned;
import workqueue.history.WireEvent.PublishAnswered;

/**
 * What workers published, as the wire saw it; without what the broker gave back or did not take.
 * The harness publishes past the wire.
 */
public final class PublishedByWorkers {
  private final Picture picture;
  private final List<Recorded<MessageReturned>> returned;
  private final List<PublishAnswered> refusals;
  private final Map<String, List<Recorded<MessagePublished>>> byQueue = new HashMap<>();

  public static PublishedByWorkers of(Picture picture) {
    return picture.derived(PublishedByWorkers.class, PublishedByWorkers::new);
  }

  private PublishedByWorkers(Picture picture) {
    this.picture = picture;
    this.returned = picture.history.all(MessageReturned.class);
    this.refusals =
        picture.history.all(PublishAnswered.class, each -> !each.confirmed()).stream()
            .map(Recorded::event)
            .toList();
    for (Recorded<MessagePublished> each : picture.history.all(MessagePublished.class)) {
      if (each.event().exchange().isEmpty() && !wasRefused(each)) {
        byQueue.computeIfAbsent(each.event().queue(), any -> new ArrayList<>()).add(each);
      }
    }
  }

  /** The messages that workers put into the queue by the default exchange, in their order. */
  public List<Recorded<MessagePublished>> to(String queue) {
    return byQueue.getOrDefault(queue, List.of());
  }

  /** The messages with this payload that went elsewhere, be it by an exchange, in their order. */
  public List<Recorded<MessagePublished>> elsewhere(String queue, String digest) {
    return picture
        .history
        .all(MessagePublished.class, each -> each.payload().digest().equals(digest))
        .stream()
        .filter(each -> !each.event().exchange().isEmpty() || !each.event().queue().equals(queue))
        .filter(each -> !wasRefused(each))
        .toList();
  }

  /** The names of the pods that did, as far as they are known. */
  public List<String> pods(String queue) {
    return to(queue).stream()
        .map(each -> picture.connections().podOf(each.event().connection()))
        .filter(pod -> !pod.isEmpty())
        .distinct()
        .toList();
  }

  private boolean wasRefused(Recorded<MessagePublished> published) {
    MessagePublished message = published.event();
    return returned.stream()
            .anyMatch(each -> each.seq() > published.seq() && isAbout(each.event(), message))
        || (message.number() > 0 && refusals.stream().anyMatch(each -> isAbout(each, message)));
  }

  private static boolean isAbout(MessageReturned returned, MessagePublished message) {
    return returned.connection().equals(message.connection())
        && returned.channel() == message.channel()
        && returned.queue().equals(message.queue())
        && returned.payload().equals(message.payload());
  }

  private static boolean isAbout(PublishAnswered answer, MessagePublished message) {
    return answer.connection().equals(message.connection())
        && answer.channel() == message.channel()
        && (answer.number() == message.number()
            || (answer.multiple() && answer.number() > message.number()));
  }
}
