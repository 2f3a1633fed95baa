package workqueue.broker.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Depth;
import workqueue.broker.Dialogue;
import workqueue.waiting.Patience;

/**
 * Asks queues' processes through one {@code rabbitmqctl} that stays: its start takes 0.7 s of a
 * processor, and 7 s under the documented CPU limit; each answer a few milliseconds.
 */
final class StandingControl implements AutoCloseable {
  /** What an answer begins with. */
  static final String MARK = "answer: ";

  private static final String MISSING = "missing";
  private static final Pattern DEPTH = Pattern.compile("(\\d+) (\\d+) (\\d+)");

  /**
   * Runs in the broker, and reads what the command's input brings. Names come in Base64, for they
   * may hold anything; and RabbitMQ 4's launcher leaves a command its input only where it reads the
   * word "decode". A quorum queue's state is asked for, for what it gives as info is up to 5 s old.
   */
  private static final String LOOP =
      """
      Classic = fun(Queue) ->
        [{_, Ready}, {_, Unacked}, {_, Consumers}] = rabbit_amqqueue:info(
          Queue, [messages_ready, messages_unacknowledged, consumers]),
        {Ready, Unacked, Consumers}
      end,
      Quorum = fun(Queue) ->
        {ok, {_, Held}, _} = ra:leader_query(amqqueue:get_pid(Queue), fun(State) ->
          {rabbit_fifo:query_messages_ready(State),
           rabbit_fifo:query_messages_checked_out(State),
           rabbit_fifo:query_consumer_count(State)}
        end),
        Held
      end,
      Depth = fun(Vhost, Queue) ->
        {ok, Found} = rabbit_amqqueue:lookup(
          rabbit_misc:r(base64:decode(Vhost), queue, base64:decode(Queue))),
        {Ready, Unacked, Consumers} = case amqqueue:get_type(Found) of
          rabbit_quorum_queue -> Quorum(Found);
          _ -> Classic(Found)
        end,
        io:format("answer: ~b ~b ~b~n", [Ready, Unacked, Consumers])
      end,
      Answer = fun(Line) ->
        [Vhost, Queue] = string:lexemes(Line, " \\n"),
        try Depth(Vhost, Queue)
        catch
          error:{badmatch, {error, not_found}} -> io:format("answer: missing~n");
          _:Trouble -> io:format("answer: ~0p~n", [Trouble])
        end
      end,
      Loop = fun(Again) ->
        case io:get_line("") of
          eof -> ok;
          {error, _} -> ok;
          Line -> Answer(Line), Again(Again)
        end
      end,
      Loop(Loop).
      """;

  /** What to start where the broker runs. */
  static final String[] COMMAND = {"rabbitmqctl", "eval", LOOP};

  private final Supplier<Dialogue> start;
  private final Duration limit;
  private final Patience patience;
  private Optional<Dialogue> dialogue = Optional.empty();

  /**
   * @param start starts {@link #COMMAND}, again after each end; it may fail
   * @param limit for an answer, the start included
   */
  StandingControl(Supplier<Dialogue> start, Duration limit, Patience patience) {
    this.start = start;
    this.limit = limit;
    this.patience = patience;
  }

  /** Starts it, so that the first question need not wait for that; that tells it if it fails. */
  synchronized void begin() {
    try {
      open();
    } catch (RuntimeException toldByTheFirstQuestion) {
      dialogue = Optional.empty();
    }
  }

  private Dialogue open() {
    if (dialogue.isEmpty()) {
      dialogue = Optional.of(start.get());
    }
    return dialogue.get();
  }

  /**
   * What the queue holds.
   *
   * @param instead is asked if no depth is to be had this way
   * @throws EnvironmentTrouble if there is no such queue
   */
  Depth depth(String vhost, String queue, Supplier<Depth> instead) {
    String answer;
    try {
      answer = ask(vhost, queue);
    } catch (EnvironmentTrouble silent) {
      return instead.get();
    }
    if (answer.equals(MISSING)) {
      throw new EnvironmentTrouble("The broker has no queue " + queue + ".");
    }
    Matcher depth = DEPTH.matcher(answer);
    return depth.matches()
        ? new Depth(
            Long.parseLong(depth.group(1)),
            Long.parseLong(depth.group(2)),
            Long.parseLong(depth.group(3)))
        : instead.get();
  }

  /** One question at a time; after one without an answer the next is for another command. */
  private synchronized String ask(String vhost, String queue) {
    try {
      return patience.await(
          "the broker's word on " + queue,
          limit,
          open().ask(encoded(vhost) + " " + encoded(queue)));
    } catch (RuntimeException failure) {
      close();
      throw new EnvironmentTrouble("The broker's standing command does not answer.", failure);
    }
  }

  private static String encoded(String name) {
    return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the command; the next question starts another. */
  @Override
  public synchronized void close() {
    Optional<Dialogue> was = dialogue;
    dialogue = Optional.empty();
    try {
      was.ifPresent(Dialogue::close);
    } catch (RuntimeException lost) {
      // Whatever runs on ends with the broker, and is not asked any more.
    }
  }
}
