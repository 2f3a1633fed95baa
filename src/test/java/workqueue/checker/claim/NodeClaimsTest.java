package workqueue.checker.claim;

import static workqueue.checker.claim.ClaimAssertions.comes;
import static workqueue.checker.claim.ClaimAssertions.valid;
import static workqueue.checker.claim.Claims.follows;
import static workqueue.checker.claim.Claims.keepsUnacked;
import static workqueue.checker.claim.Claims.reportsNoEndDuring;
import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.ackedNotExited;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.history.HistoryBuilder.QUEUE;

import org.junit.jupiter.api.Test;
import workqueue.history.HarnessEvent.FaultHealed;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;

class NodeClaimsTest {
  private static final String FREEZE = "freeze-kubelet";

  /** A worker has its item on a node whose kubelet is frozen then. */
  private static HistoryBuilder frozen() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    return told.add(Source.FAULTS, new FaultInjected(FREEZE, "node-1", "struck"));
  }

  private static HistoryBuilder thawed(HistoryBuilder told) {
    return told.add(Source.FAULTS, new FaultHealed(FREEZE, "node-1", "begins"));
  }

  @Test
  void nothingIsReportedByAFrozenKubelet() {
    HistoryBuilder told = thawed(frozen().disconnects("pod-0").after(5));
    valid(reportsNoEndDuring(FREEZE), told.exits("pod-0", 0, "Completed"));
  }

  @Test
  void whatIsReportedMeanwhileRefutesIt() {
    comes(
        Verdict.INVALID,
        reportsNoEndDuring(FREEZE),
        thawed(frozen().disconnects("pod-0").exits("pod-0", 0, "Completed")),
        """
        no end is reported during freeze-kubelet: node node-1 reported 1 end
          expected:   no end of a container
          actual:     1 end
          unexpected: pod-0
        """);
  }

  @Test
  void nothingIsShownWhereNothingEnded() {
    comes(
        Verdict.UNKNOWN,
        reportsNoEndDuring(FREEZE),
        thawed(frozen().after(5)),
        """
        no end is reported during freeze-kubelet: the record does not show it
          expected:   a worker on node-1 whose connection ends meanwhile
          actual:     none
        """);
    comes(
        Verdict.UNKNOWN,
        reportsNoEndDuring(FREEZE),
        thawed(frozen().disconnects("pod-0").gap(Source.PODS)),
        """
        no end is reported during freeze-kubelet: the record does not show it
          expected:   the fault, its end, and no gap
          actual:     not all of that
        """);
  }

  @Test
  void whatFollowsFromWhat() {
    valid(follows(WAITING_FOR_WORK, ACKED_BUT_NOT_REPORTED), ackedNotExited(11));
    comes(
        Verdict.INVALID,
        follows(ACKED_BUT_NOT_REPORTED, NODE_LOST),
        ackedNotExited(11),
        """
        ACKED_BUT_NOT_REPORTED follows from NODE_LOST: outcome.told shows otherwise
          expected:   NODE_LOST (root), ACKED_BUT_NOT_REPORTED (consequence)
          actual:     ACKED_BUT_NOT_REPORTED (root), WAITING_FOR_WORK (consequence)
        """);
    comes(
        Verdict.UNKNOWN,
        follows(ACKED_BUT_NOT_REPORTED, NODE_LOST),
        new HistoryBuilder().publish(FRUIT),
        """
        ACKED_BUT_NOT_REPORTED follows from NODE_LOST: outcome.told shows neither
          expected:   NODE_LOST (root), ACKED_BUT_NOT_REPORTED (consequence)
          actual:     no finding
        """);
  }

  @Test
  void whatStaysUnacked() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    valid(keepsUnacked(QUEUE, 1), told.ends(0, 1, 1));
    comes(
        Verdict.INVALID,
        keepsUnacked(QUEUE, 1),
        begun().starts("pod-0").jobStatus().ends(7, 0, 1),
        """
        queue job1 keeps 1 unacked: queue job1 holds 7 ready, 0 unacked
          expected:   0 ready, 1 unacked
          actual:     7 ready, 0 unacked
          remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | \
        grep job1
        """);
  }
}
