package workqueue.checker.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.history.HistoryBuilder;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.history.WireEvent;
import workqueue.history.WireEvent.CloseAsked;
import workqueue.history.WireEvent.ConnectionAttributed;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WireEvent.Rejected;
import workqueue.history.WireEvent.Unreadable;

/** What became of deliveries, and whose they were. */
class WireViewTest {
  private static final String CONNECTION = "5672/1";

  private static HistoryBuilder told(WireEvent... events) {
    HistoryBuilder told = new HistoryBuilder().job(8, 2).starts("pod-0");
    told.add(Source.WIRE, new ConnectionOpened(CONNECTION, "172.18.0.2:30411", ""));
    for (WireEvent each : events) {
      told.add(Source.WIRE, each);
    }
    return told;
  }

  private static Delivered delivered(int channel, long tag) {
    return new Delivered(
        CONNECTION,
        channel,
        tag,
        HistoryBuilder.QUEUE,
        false,
        true,
        Payload.of(Item.of(0, "apple")));
  }

  private static WireView ledger(HistoryBuilder told) {
    return WireView.of(new Picture(told.history()));
  }

  private static List<String> pods(HistoryBuilder told) {
    return ledger(told).all().stream().map(each -> each.pod).toList();
  }

  private static List<Boolean> requeued(WireEvent... events) {
    return ledger(told(events)).all().stream().map(each -> each.requeued).toList();
  }

  @Test
  void aConnectionMayBeAttributedAfterItsDeliveries() {
    assertThat(pods(told(delivered(1, 1)))).containsExactly("");
    assertThat(
            pods(
                told(
                    delivered(1, 1),
                    new ConnectionAttributed(CONNECTION, "pod-0", "10.42.0.9", "seen"))))
        .containsExactly("pod-0");
  }

  @Test
  void anAddressNamesThePodThatAloneHadIt() {
    ConnectionAttributed byAddress = new ConnectionAttributed(CONNECTION, "", "10.42.0.9", "seen");

    assertThat(pods(told(delivered(1, 1), byAddress))).containsExactly("pod-0");
    assertThat(pods(told(delivered(1, 1), byAddress).starts("pod-1"))).containsExactly("");
    assertThat(
            pods(
                told(
                    delivered(1, 1),
                    new ConnectionAttributed(CONNECTION, "", "10.42.0.8", "seen"))))
        .containsExactly("");
  }

  @Test
  void aClosedChannelGivesBackWhatItHeldAndNoOther() {
    WireEvent[] both = {delivered(1, 1), delivered(2, 1)};

    assertThat(requeued(both[0], both[1])).containsExactly(false, false);
    assertThat(requeued(both[0], both[1], new CloseAsked(CONNECTION, 2, true, 200, "")))
        .containsExactly(false, true);
    assertThat(requeued(both[0], both[1], new RefusedByBroker(CONNECTION, 1, 406, "")))
        .containsExactly(true, false);
    assertThat(requeued(both[0], both[1], new CloseAsked(CONNECTION, 0, true, 200, "")))
        .containsExactly(true, true);
    assertThat(requeued(both[0], both[1], new Rejected(CONNECTION, 1, 0, true, true)))
        .containsExactly(true, false);
  }

  @Test
  void anyEndGivesBackWhatIsUnackedButSilence() {
    for (End end : End.values()) {
      assertThat(requeued(delivered(1, 1), new ConnectionEnded(CONNECTION, end, true, "")))
          .as(end.name())
          .containsExactly(end != End.SILENT);
    }
  }

  @Test
  void framesThatWereNotReadLeaveTheLedgerUnwhole() {
    assertThat(ledger(told(delivered(1, 1))).whole()).isTrue();
    assertThat(ledger(told(new Unreadable(CONNECTION, true, "TLS"))).whole()).isFalse();
  }
}
