package workqueue.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Address;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import workqueue.Counted;
import workqueue.EnvironmentTrouble;
import workqueue.Item;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.QueueContract;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;

/**
 * Speaks AMQP 0-9-1 to a broker from this JVM: one connection a call, none kept open but that of
 * {@link Peeks}.
 */
public final class Amqp {
  private static final int ANSWER_MILLIS = 10_000;
  private static final Duration CONFIRM = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  // Not of AMQP 0-9-1 itself, but what Qpid's brokers answer.
  private static final int INVALID_ARGUMENT = 542;
  // The JDK's words for an answer that is no TLS.
  private static final String NO_TLS = "Unsupported or unrecognized SSL message";
  // The client's words for the four numbers of the greeting with which a broker offers another
  // AMQP.
  private static final Pattern OTHER_VERSION =
      Pattern.compile("server sent signature (\\d+),(\\d+),(\\d+),(\\d+)");

  private final BrokerUrl url;
  private final Authorities authorities;
  private final Optional<Known> known;
  private final Patience patience;

  /** For looks, which have limits of their own. */
  public Amqp(BrokerUrl url) {
    this(url, Authorities.usual());
  }

  /**
   * The same.
   *
   * @param authorities whom a broker behind TLS must have its certificate from
   */
  public Amqp(BrokerUrl url, Authorities authorities) {
    this(url, authorities, Optional.empty(), new Patience(1, Progress.NONE));
  }

  Amqp(BrokerUrl url, Optional<Known> known, Patience patience) {
    this(url, Authorities.usual(), known, patience);
  }

  /**
   * @param known what was {@link #learn() learnt} of the broker
   * @param patience with a broker that is to confirm what is published
   */
  Amqp(BrokerUrl url, Authorities authorities, Optional<Known> known, Patience patience) {
    this.url = url;
    this.authorities = authorities;
    this.known = known;
    this.patience = patience;
  }

  public BrokerUrl url() {
    return url;
  }

  /** Why a broker does not let one in. */
  public enum Refusal {
    UNREACHABLE,
    LOGIN,
    VHOST,
    /** Its certificate is not trusted, or is another's. */
    CERTIFICATE,
    NO_AMQP,
    /** It speaks another AMQP than 0-9-1. */
    OTHER_AMQP
  }

  /**
   * What came of a login.
   *
   * @param refusal empty if it succeeded
   * @param detail the broker's version if it succeeded, its words or the socket's otherwise
   * @param identity of the broker; empty unless it succeeded
   */
  public record Login(Optional<Refusal> refusal, String detail, Optional<ServerIdentity> identity) {
    public Login(Optional<Refusal> refusal, String detail) {
      this(refusal, detail, Optional.empty());
    }

    /**
     * What it says to who waits until the broker lets one in: one that refuses the login, speaks
     * another AMQP or is not trusted has started, and will not come to let it in.
     *
     * @param found if it succeeded
     */
    public <T> Sight<T> sight(T found) {
      if (refusal.isEmpty()) {
        return Sight.found(found);
      }
      return switch (refusal.get()) {
        case LOGIN -> Sight.hopeless("the login is refused: " + detail);
        case OTHER_AMQP -> Sight.hopeless("it speaks " + detail + " only");
        case CERTIFICATE -> Sight.hopeless("its certificate is not trusted: " + detail);
        case UNREACHABLE, VHOST, NO_AMQP -> Sight.notYet(detail);
      };
    }
  }

  /**
   * What is to be known of a broker before it is used.
   *
   * @param countsHeld whether it counts what consumers hold among what waits in a queue
   * @param comparesQueues whether it refuses to declare a queue otherwise than it is
   */
  record Known(ServerIdentity identity, boolean countsHeld, boolean comparesQueues) {}

  /** Logs in and out again. */
  public Login logIn() {
    try (Connection connection = connect()) {
      ServerIdentity identity = ServerIdentity.of(connection.getServerProperties());
      return new Login(Optional.empty(), identity.version(), Optional.of(identity));
    } catch (IOException | TimeoutException refused) {
      return new Login(Optional.of(kindOf(refused)), words(refused));
    }
  }

  /**
   * Logs in, or says what to do.
   *
   * @return what the broker is
   * @throws EnvironmentTrouble if the broker does not let one in
   */
  public ServerIdentity requireLogin() {
    Login login = logIn();
    if (login.identity().isPresent()) {
      return login.identity().get();
    }
    throw new EnvironmentTrouble(
        switch (login.refusal().orElseThrow()) {
          case OTHER_AMQP ->
              "The broker %s speaks %s only, and workers of this pattern speak AMQP 0-9-1."
                  .formatted(url, login.detail());
          case UNREACHABLE ->
              """
              The broker %s cannot be reached: %s
              Remedy: start it, or correct host and port in -Dwq.broker=<URL>."""
                  .formatted(url, login.detail());
          case LOGIN ->
              """
              The broker %s refuses the login of user "%s".
              Remedy: correct user and password in -Dwq.broker=<URL>; RabbitMQ's guest may only log in \
              from the broker's own host unless loopback_users says otherwise."""
                  .formatted(url, url.user());
          case VHOST ->
              """
              The broker %s has no vhost "%s" that user "%s" may use: %s
              Remedy: make it and let the user use it, on RabbitMQ by rabbitmqctl add_vhost and \
              set_permissions, or correct the vhost in -Dwq.broker=<URL>."""
                  .formatted(url, url.vhost(), url.user(), login.detail());
          case CERTIFICATE ->
              """
              The broker %s shows a certificate that is not trusted: %s
              Remedy: name the file with the certificate of its authority by -Dwq.broker.ca=<PEM>, and in \
              -Dwq.broker=<URL> the host that the certificate is for."""
                  .formatted(url, login.detail());
          case NO_AMQP ->
              """
              What listens at %s does not speak AMQP 0-9-1: %s
              Remedy: give the port of AMQP (5672 by default), not that of the management API."""
                  .formatted(url, login.detail());
        });
  }

  /**
   * Logs in and learns what is to be known of the broker.
   *
   * @throws EnvironmentTrouble if the broker does not let one in
   */
  Known learn() {
    ServerIdentity identity = requireLogin();
    return identity.isRabbitMq()
        ? new Known(identity, false, true)
        : new Known(identity, learnsWhetherHeldIsCounted(), learnsWhetherQueuesAreCompared());
  }

  /** Declares a queue of its own otherwise than it is; it is gone with the connection. */
  private boolean learnsWhetherQueuesAreCompared() {
    return inChannel(
        "declare a queue of its own",
        channel -> {
          String queue = channel.queueDeclare().getQueue();
          try {
            channel.queueDeclare(queue, true, true, true, Map.of());
            return false;
          } catch (IOException refused) {
            if (replyCode(refused) == 0) {
              throw refused;
            }
            return true;
          }
        });
  }

  /**
   * Whether the broker refuses to declare a queue otherwise than it is, so that declaring it again
   * shows how it is.
   */
  public boolean comparesQueues() {
    return known.map(Known::comparesQueues).orElse(false);
  }

  /**
   * Finds out whether the broker counts what consumers hold among what waits in a queue, as not all
   * do: on a queue that is gone with the connection.
   */
  private boolean learnsWhetherHeldIsCounted() {
    return inChannel(
        "look at a queue of its own",
        channel -> {
          String queue = channel.queueDeclare().getQueue();
          channel.confirmSelect();
          channel.basicPublish("", queue, true, MessageProperties.MINIMAL_BASIC, new byte[0]);
          channel.waitForConfirmsOrDie(patience.limit(CONFIRM).toMillis());
          if (channel.basicGet(queue, false) == null) {
            throw new EnvironmentTrouble(
                "%s does not give back what was put into a queue.".formatted(url));
          }
          return channel.queueDeclarePassive(queue).getMessageCount() > 0;
        });
  }

  /**
   * Makes sure that the login may declare a queue of this name, which is not there yet: it is
   * declared, and deleted, for it may be gone only some time after its connection.
   *
   * @throws EnvironmentTrouble if it may not, with what to do
   */
  public void requireMayDeclare(String queue) {
    inChannel(
        "declare queue " + queue,
        channel -> {
          try {
            channel.queueDeclare(queue, false, true, true, Map.of());
            return channel.queueDelete(queue);
          } catch (IOException refused) {
            if (replyCode(refused) == AMQP.ACCESS_REFUSED) {
              throw new EnvironmentTrouble(
                  """
                  User "%s" of the broker %s may not declare queue "%s": %s
                  Remedy: let it, on RabbitMQ by rabbitmqctl set_permissions -p %s %s '.*' '.*' '.*', or \
                  name a user that may in -Dwq.broker=<URL>."""
                      .formatted(url.user(), url, queue, words(refused), url.vhost(), url.user()),
                  refused);
            }
            throw refused;
          }
        });
  }

  /** Declares a durable queue; harmless if it is there. */
  public void declare(String queue) {
    declare(queue, true, Map.of());
  }

  /**
   * Declares a queue with arguments; harmless if it is there with the same ones.
   *
   * @param durable whether it outlives the broker
   * @throws UnsupportedByBroker if the broker does not know these arguments
   * @throws EnvironmentTrouble if it takes none with these arguments for another reason
   */
  public void declare(String queue, boolean durable, Map<String, Object> arguments) {
    inChannel(
        "declare queue " + queue + (arguments.isEmpty() ? "" : " with " + arguments),
        channel -> {
          try {
            return channel.queueDeclare(queue, durable, false, false, arguments);
          } catch (IOException refused) {
            if (replyCode(refused) == INVALID_ARGUMENT) {
              throw new UnsupportedByBroker(
                  ServerIdentity.of(channel.getConnection().getServerProperties()),
                  "takes no queue with %s: %s".formatted(arguments, words(refused)));
            }
            throw refused;
          }
        });
  }

  /** Binds a queue to an exchange, which is declared unless it is the broker's own. */
  public void bind(String queue, QueueContract.Feed feed) {
    inChannel(
        "bind queue " + queue + " to exchange " + feed.exchange(),
        channel -> {
          if (!feed.exchange().startsWith("amq.")) {
            channel.exchangeDeclare(feed.exchange(), feed.type(), feed.durable());
          }
          return channel.queueBind(queue, feed.exchange(), feed.key(queue));
        });
  }

  /** Whether there is an exchange of this name. */
  boolean hasExchange(String exchange) {
    try (Connection connection = connect()) {
      connection.createChannel().exchangeDeclarePassive(exchange);
      return true;
    } catch (IOException | TimeoutException | ShutdownSignalException failure) {
      if (replyCode(failure) == NOT_FOUND) {
        return false;
      }
      throw trouble("look at exchange " + exchange, failure);
    }
  }

  /** Deletes an exchange with all its bindings. */
  void deleteExchange(String exchange) {
    inChannel("delete exchange " + exchange, channel -> channel.exchangeDelete(exchange));
  }

  /** Deletes a queue with all that is in it. */
  public void delete(String queue) {
    inChannel("delete queue " + queue, channel -> channel.queueDelete(queue));
  }

  /** Empties a queue of its ready messages. */
  public void purge(String queue) {
    inChannel("purge queue " + queue, channel -> channel.queuePurge(queue));
  }

  /**
   * Asks the queue itself what it holds, by a passive declare: live, but blind to unacked messages.
   *
   * @return empty if there is no such queue
   */
  public Optional<Depth> peek(String queue) {
    try (Peeks peeks = peeks()) {
      return peeks.at(queue);
    }
  }

  /** Peeks at queues through one connection, which is opened when it is needed. */
  public Peeks peeks() {
    return new Peeks();
  }

  /** Peeks through one connection; one thread at a time may use it. */
  public final class Peeks implements AutoCloseable {
    private Connection connection;
    private Channel channel;

    private Peeks() {}

    /** As {@link Amqp#peek}; a connection that broke is opened again. */
    public Optional<Depth> at(String queue) {
      try {
        if (connection == null || !connection.isOpen()) {
          connection = connect();
        }
        // A queue that is missing costs the channel.
        if (channel == null || !channel.isOpen()) {
          channel = connection.createChannel();
        }
        AMQP.Queue.DeclareOk answer = channel.queueDeclarePassive(queue);
        return Optional.of(
            known.map(Known::countsHeld).orElse(false)
                ? Depth.ofAll(answer.getMessageCount(), answer.getConsumerCount())
                : new Depth(answer.getMessageCount(), Depth.UNKNOWN, answer.getConsumerCount()));
      } catch (IOException | TimeoutException | ShutdownSignalException failure) {
        if (replyCode(failure) == NOT_FOUND) {
          return Optional.empty();
        }
        throw trouble("look at queue " + queue, failure);
      }
    }

    @Override
    public void close() {
      if (connection != null) {
        connection.abort(ANSWER_MILLIS);
      }
    }
  }

  /** Is told when the broker holds a publisher back, as it does while an alarm is raised. */
  public interface Blocking {
    void blocked(String reason);

    void unblocked();
  }

  /**
   * Publishes persistent messages, to the exchange that feeds the queue if one does, and waits
   * until the broker has confirmed each.
   *
   * @param blocking is told when the broker blocks the connection
   * @throws EnvironmentTrouble if one was not routed to the queue or not confirmed
   */
  public void publish(
      String queue, Optional<QueueContract.Feed> feed, Collection<Item> items, Blocking blocking) {
    String exchange = feed.map(QueueContract.Feed::exchange).orElse("");
    String key = feed.map(each -> each.key(queue)).orElse(queue);
    inChannel(
        "publish to queue " + queue,
        channel -> {
          channel.getConnection().addBlockedListener(blocking::blocked, blocking::unblocked);
          ConcurrentLinkedQueue<String> unroutable = new ConcurrentLinkedQueue<>();
          channel.addReturnListener(returned -> unroutable.add(returned.getReplyText()));
          channel.confirmSelect();
          for (Item item : items) {
            channel.basicPublish(
                exchange, key, true, MessageProperties.MINIMAL_PERSISTENT_BASIC, item.body());
          }
          channel.waitForConfirmsOrDie(patience.limit(CONFIRM).toMillis());
          if (!unroutable.isEmpty()) {
            throw new EnvironmentTrouble(
                "%d of %s did not reach queue %s of %s: %s"
                    .formatted(
                        unroutable.size(),
                        Counted.of(items.size(), "item"),
                        queue,
                        url,
                        unroutable.peek()));
          }
          return null;
        });
  }

  /**
   * A message that is left in a queue.
   *
   * @param redelivered whether it was given to a client before, and came back
   */
  public record Left(Item item, boolean redelivered) {}

  /**
   * Reads all that is ready in a queue; it returns there, and counts as redelivered from now on.
   *
   * @return empty if there is no such queue
   */
  public Optional<List<Left>> contents(String queue) {
    List<Left> left = new ArrayList<>();
    try {
      Connection connection = connect();
      try {
        Channel channel = connection.createChannel();
        for (GetResponse got = channel.basicGet(queue, false);
            got != null;
            got = channel.basicGet(queue, false)) {
          left.add(new Left(new Item(left.size(), got.getBody()), got.getEnvelope().isRedeliver()));
        }
        return Optional.of(left);
      } finally {
        connection.abort(ANSWER_MILLIS);
      }
    } catch (IOException | TimeoutException | ShutdownSignalException failure) {
      if (replyCode(failure) == NOT_FOUND) {
        return Optional.empty();
      }
      throw trouble("read queue " + queue, failure);
    }
  }

  /** A consumer that keeps what it gets until it is closed; then that returns to the queue. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Consumes from a queue as a stranger would that hangs over its work: what it gets it never acks.
   *
   * @param most how many messages it takes
   */
  public Hold hold(String queue, int most) {
    try {
      Connection connection = connect();
      Channel channel = connection.createChannel();
      channel.basicQos(most);
      channel.basicConsume(queue, false, new DefaultConsumer(channel));
      return () -> connection.abort(ANSWER_MILLIS);
    } catch (IOException | TimeoutException | ShutdownSignalException failure) {
      throw trouble("consume from queue " + queue, failure);
    }
  }

  private interface Use<T> {
    T in(Channel channel) throws IOException, InterruptedException, TimeoutException;
  }

  private <T> T inChannel(String what, Use<T> use) {
    Connection connection = null;
    try {
      connection = connect();
      T used = use.in(connection.createChannel());
      connection.close(ANSWER_MILLIS);
      return used;
    } catch (IOException | TimeoutException | ShutdownSignalException failure) {
      throw trouble(what, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw trouble(what, interrupted);
    } finally {
      // A broker that blocks the connection does not read a farewell.
      if (connection != null && connection.isOpen()) {
        connection.abort(ANSWER_MILLIS);
      }
    }
  }

  private Connection connect() throws IOException, TimeoutException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUsername(url.user());
    factory.setPassword(url.password());
    factory.setVirtualHost(url.vhost());
    factory.setConnectionTimeout(ANSWER_MILLIS);
    factory.setHandshakeTimeout(ANSWER_MILLIS);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setChannelRpcTimeout((int) CONFIRM.toMillis());
    if (url.tls()) {
      try {
        factory.useSslProtocol(authorities.context());
        factory.enableHostnameVerification();
      } catch (GeneralSecurityException noTls) {
        throw new IOException("This JVM speaks no TLS", noTls);
      }
    }
    return factory.newConnection(List.of(new Address(url.host(), url.port())), "work-queue");
  }

  private EnvironmentTrouble trouble(String what, Exception failure) {
    return new EnvironmentTrouble(
        "Could not %s on %s: %s".formatted(what, url, words(failure)), failure);
  }

  private static Refusal kindOf(Exception refused) {
    // Brokers that cannot say that they refuse a login are known by their words.
    if (refused instanceof AuthenticationFailureException
        || words(refused).toLowerCase(Locale.ROOT).contains("authentication failed")) {
      return Refusal.LOGIN;
    }
    if (causes(refused).anyMatch(Amqp::isOfCertificate)) {
      return Refusal.CERTIFICATE;
    }
    int code = replyCode(refused);
    if (code == AMQP.NOT_ALLOWED || code == AMQP.ACCESS_REFUSED || code == NOT_FOUND) {
      return Refusal.VHOST;
    }
    if (otherVersion(refused).isPresent()) {
      return Refusal.OTHER_AMQP;
    }
    return words(refused).contains("AMQP") || refused instanceof TimeoutException
        ? Refusal.NO_AMQP
        : Refusal.UNREACHABLE;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause);
  }

  private static boolean isOfCertificate(Throwable failure) {
    return failure instanceof CertificateException
        || failure instanceof CertPathBuilderException
        || failure instanceof CertPathValidatorException;
  }

  /** The AMQP that a broker answered the greeting of 0-9-1 with; it closes the connection then. */
  private static Optional<String> otherVersion(Throwable refused) {
    return causes(refused)
        .map(each -> OTHER_VERSION.matcher(String.valueOf(each.getMessage())))
        .filter(Matcher::find)
        .findFirst()
        .map(Amqp::version);
  }

  /** 1.0 greets with 3,1,0,0 (or 0,1,0,0), 0-10 with 1,1,0,10, what came before with 0,0,9,1. */
  private static String version(Matcher found) {
    if (found.group(2).equals("0")) {
      return "AMQP 0-%s-%s".formatted(found.group(3), found.group(4));
    }
    return found.group(1).equals("1")
        ? "AMQP %s-%s".formatted(found.group(3), found.group(4))
        : "AMQP %s.%s".formatted(found.group(2), found.group(3));
  }

  private static int replyCode(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ShutdownSignalException signal) {
        if (signal.getReason() instanceof AMQP.Channel.Close close) {
          return close.getReplyCode();
        }
        if (signal.getReason() instanceof AMQP.Connection.Close close) {
          return close.getReplyCode();
        }
      }
    }
    return 0;
  }

  private static String words(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof UnknownHostException) {
      return "there is no host of that name";
    }
    Optional<String> other = otherVersion(root);
    if (other.isPresent()) {
      return other.get();
    }
    if (root instanceof CertPathBuilderException) {
      return "no authority that is trusted here has issued it";
    }
    if (root instanceof SSLException && String.valueOf(root.getMessage()).contains(NO_TLS)) {
      return "it does not speak TLS";
    }
    if (root instanceof EOFException) {
      return "it closed the connection without a word";
    }
    if (root instanceof TimeoutException) {
      return "no answer to AMQP's greeting";
    }
    if (root instanceof ShutdownSignalException signal) {
      if (signal.getReason() instanceof AMQP.Connection.Close close) {
        return close.getReplyText();
      }
      if (signal.getReason() instanceof AMQP.Channel.Close close) {
        return close.getReplyText();
      }
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
