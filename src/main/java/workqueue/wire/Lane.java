package workqueue.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import workqueue.history.WireEvent;

/**
 * One direction of a connection: reads from one socket, passes on to the other, records and holds.
 *
 * <p>An event is recorded when its last byte was written. While a lane is shut, or the other socket
 * takes nothing, it does not read: the sender is slowed down, and no more than {@link #KEPT_BYTES}
 * and what one read brings is kept.
 */
// What writing or closing fails with ends the connection, which is seen and recorded there.
@SuppressWarnings("FutureReturnValueIgnored")
final class Lane extends ChannelInboundHandlerAdapter {
  /** As much is kept of a delayed lane, and of a message that has to be whole to be held. */
  static final int KEPT_BYTES = 1 << 20;

  private static final int NONE = -1;
  private static final int LEAST_SILENT_MILLIS = 1_000;

  private final Link link;
  private final Holds holds;
  private final Speaker speaker;
  private final FrameReader reader;
  private final Deque<Chunk> unread = new ArrayDeque<>();
  private final Deque<Entry> ready = new ArrayDeque<>();
  private final List<Parcel> aside = new ArrayList<>();
  private Channel source;
  private Channel target;
  private Lane opposite;
  private ChannelFuture lastWrite;
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;
  private int asideChannel = NONE;
  private int asideBytes;
  private int unreadBytes;
  private int shut;
  private boolean wakes;
  private boolean sourceEnded;
  private boolean sourceReset;
  private boolean over;
  private boolean everShut;
  private long lastReadNanos = System.nanoTime();

  Lane(Link link, Holds holds, Speaker speaker) {
    this.link = link;
    this.holds = holds;
    this.speaker = speaker;
    this.reader = new FrameReader(speaker);
  }

  /** What waits to be passed on. */
  private sealed interface Entry {}

  private record Chunk(ByteBuf bytes, long due) {}

  private record Parcel(ByteBuf bytes, List<WireEvent> events) implements Entry {}

  private record Gate(Hold hold, Passed passed) implements Entry {}

  void lead(Channel to, Lane other) {
    target = to;
    opposite = other;
  }

  boolean isClient() {
    return speaker.isClient();
  }

  /** For how long nothing came in; null if less than a second, or if not all was let in. */
  Long silentMillis() {
    long millis = Duration.ofNanos(System.nanoTime() - lastReadNanos).toMillis();
    return everShut || millis < LEAST_SILENT_MILLIS ? null : millis;
  }

  boolean isOver() {
    return over;
  }

  /** Lets nothing pass until it is opened as often. */
  void shut() {
    everShut = true;
    shut++;
  }

  void open() {
    shut--;
    pump();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    source = context.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (over) {
      ((ByteBuf) message).release();
      return;
    }
    lastReadNanos = System.nanoTime();
    long delay = link.delayNanos();
    keep((ByteBuf) message, delay == 0 ? 0 : System.nanoTime() + delay);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    pump();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // This socket is where the opposite lane leads.
    if (opposite != null) {
      opposite.readOn();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      end();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    // Without an end of input before: writing to it failed, for its peer is gone.
    sourceReset |= !sourceEnded;
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    sourceReset = true;
    end();
  }

  private void end() {
    if (!sourceEnded) {
      sourceEnded = true;
      pump();
    }
  }

  private void keep(ByteBuf bytes, long due) {
    unreadBytes += bytes.readableBytes();
    unread.add(new Chunk(bytes, due));
  }

  /** Passes on what may be passed on, and reads more if more may be kept. */
  void pump() {
    if (target == null || over) {
      return;
    }
    while (isOpen() && advance()) {
      // Until there is no more, or a hold shuts the lane.
    }
    target.flush();
    if (isOpen() && sourceEnded && ready.isEmpty() && unread.isEmpty()) {
      finish();
    }
    readOn();
  }

  private void readOn() {
    boolean room = unreadBytes < KEPT_BYTES && isOpen();
    if (target != null && room && !sourceEnded && target.isWritable()) {
      source.read();
    }
  }

  private boolean isOpen() {
    return shut == 0 && !link.isSilent();
  }

  private boolean advance() {
    Entry entry = ready.poll();
    if (entry instanceof Parcel parcel) {
      write(parcel);
      return true;
    }
    if (entry instanceof Gate gate) {
      stopAt(gate);
      return true;
    }
    Chunk chunk = unread.peek();
    if (chunk == null) {
      return sourceEnded && flushUnfinished();
    }
    if (chunk.due() != 0 && chunk.due() - System.nanoTime() > 0) {
      wakeAt(chunk.due());
      return false;
    }
    unread.remove();
    unreadBytes -= chunk.bytes().readableBytes();
    scan(chunk.bytes());
    return true;
  }

  private void wakeAt(long due) {
    if (!wakes) {
      wakes = true;
      source
          .eventLoop()
          .schedule(
              () -> {
                wakes = false;
                pump();
              },
              due - System.nanoTime(),
              TimeUnit.NANOSECONDS);
    }
  }

  private void write(Parcel parcel) {
    lastWrite = target.write(parcel.bytes());
    if (!parcel.events().isEmpty()) {
      lastWrite.addListener(
          written -> {
            if (written.isSuccess()) {
              parcel.events().forEach(link::record);
            }
          });
    }
  }

  /** Shuts the lane; it counts as held when all before it was written. */
  private void stopAt(Gate gate) {
    shut();
    if (gate.hold().isBothWays()) {
      opposite.shut();
    }
    whenWritten(
        failure -> {
          if (failure == null) {
            gate.hold().took(held(gate));
          } else {
            gate.hold().failed(failure);
            letGo(gate.hold());
          }
        });
  }

  private HeldConnection held(Gate gate) {
    WireEvent.Held event = new WireEvent.Held(link.name(), gate.hold().toString());
    return new HeldConnection(link, gate.passed(), link.record(event), () -> letGo(gate.hold()));
  }

  private void letGo(Hold hold) {
    if (hold.isBothWays()) {
      opposite.open();
    }
    open();
  }

  private void whenWritten(Consumer<Throwable> then) {
    if (lastWrite == null) {
      then.accept(null);
    } else {
      lastWrite.addListener(written -> then.accept(written.cause()));
    }
  }

  /** Reads the frames in these bytes, and makes them ready up to where a hold begins. */
  private void scan(ByteBuf bytes) {
    ByteBuf in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(source.alloc(), rest, bytes);
    rest = Unpooled.EMPTY_BUFFER;
    List<WireEvent> events = new ArrayList<>();
    int from = in.readerIndex();
    boolean gated = false;
    while (!gated) {
      int start = in.readerIndex();
      if (!reader.read(in)) {
        break;
      }
      if (speaker.takeBegun() && asideChannel == NONE && holds.lookAhead()) {
        from = cut(in, from, start, events);
        asideChannel = reader.channel();
      }
      for (Passed passed : speaker.take()) {
        boolean whole = reader.isMethod() || reader.channel() == asideChannel;
        Optional<Hold> before = whole ? holds.take(true, passed) : Optional.empty();
        if (before.isPresent()) {
          if (asideChannel == NONE) {
            from = cut(in, from, start, events);
          }
          ready.add(new Gate(before.get(), passed));
          gated = true;
        }
        events.add(passed.event());
        Optional<Hold> after = gated ? Optional.empty() : holds.take(false, passed);
        if (after.isPresent() || (!reader.isMethod() && whole)) {
          from = cut(in, from, in.readerIndex(), events);
          decide();
        }
        if (after.isPresent()) {
          ready.add(new Gate(after.get(), passed));
          gated = true;
        }
      }
    }
    cut(in, from, in.readerIndex(), events);
    if (gated || asideBytes > KEPT_BYTES) {
      decide();
    }
    putBack(in, gated);
  }

  private int cut(ByteBuf in, int from, int to, List<WireEvent> events) {
    if (to > from) {
      Parcel parcel = new Parcel(in.retainedSlice(from, to - from), List.copyOf(events));
      events.clear();
      if (asideChannel == NONE) {
        ready.add(parcel);
      } else {
        aside.add(parcel);
        asideBytes += to - from;
      }
    }
    return to;
  }

  /** What was kept until a message was whole needs to be kept no longer. */
  private void decide() {
    ready.addAll(aside);
    aside.clear();
    asideBytes = 0;
    asideChannel = NONE;
  }

  private void putBack(ByteBuf in, boolean gated) {
    if (!in.isReadable()) {
      in.release();
    } else if (gated) {
      unreadBytes += in.readableBytes();
      unread.addFirst(new Chunk(in, 0));
    } else {
      rest = in;
    }
  }

  /** Nothing follows that could make whole what is not. */
  private boolean flushUnfinished() {
    decide();
    if (rest.isReadable()) {
      ready.add(new Parcel(rest, List.of()));
      rest = Unpooled.EMPTY_BUFFER;
    }
    return !ready.isEmpty();
  }

  private void finish() {
    over = true;
    if (sourceReset) {
      link.ended(this, true);
    } else {
      whenWritten(failure -> link.ended(this, false));
    }
  }

  /** Lets go of what is kept; the connection is at its end. */
  void drop() {
    over = true;
    unread.forEach(each -> each.bytes().release());
    unread.clear();
    decide();
    for (Entry each : ready) {
      if (each instanceof Parcel parcel) {
        parcel.bytes().release();
      } else if (each instanceof Gate gate) {
        gate.hold().failed(new ClosedChannelException());
      }
    }
    ready.clear();
    rest.release();
    rest = Unpooled.EMPTY_BUFFER;
  }
}
