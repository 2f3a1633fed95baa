package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static workqueue.checker.claim.ClaimAssertions.comes;
import static workqueue.checker.claim.ClaimAssertions.valid;
import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.altersNothing;
import static workqueue.checker.claim.Claims.diagnosedAs;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.keepsSecrets;
import static workqueue.checker.claim.Claims.leavesOver;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.oneItemPerPod;
import static workqueue.checker.claim.Claims.processesEachAtLeastOnce;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;
import static workqueue.checker.claim.Claims.strikesBetweenAckAndRelease;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.deliveredNotAcked;
import static workqueue.checker.diagnosis.Situations.failingWorker;
import static workqueue.checker.diagnosis.Situations.fewerCompletions;
import static workqueue.checker.diagnosis.Situations.workOff;
import static workqueue.history.HistoryBuilder.QUEUE;

import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.view.Picture;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.BrokerEvent.OutputSeen;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HistoryBuilder;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.Held;
import workqueue.history.WireEvent.Released;

class ItemClaimsTest {
  @Test
  void exactlyOnce() {
    valid(processesEachExactlyOnce(FRUIT), HistoryBuilder.soundRun(FRUIT));
    comes(
        Verdict.INVALID,
        processesEachExactlyOnce(FRUIT),
        deliveredNotAcked(),
        """
        each of 8 items is processed exactly once: 1 item was processed more than once (queue job1)
          expected:   8 items, each processed once
          actual:     8 items processed
          duplicated: item 0 (apple) by pod-0 and pod-0 (attempt 1)
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
    valid(processesEachAtLeastOnce(FRUIT), deliveredNotAcked());
  }

  @Test
  void workThatFailedIsNotProcessing() {
    comes(
        Verdict.INVALID,
        processesEachAtLeastOnce(FRUIT),
        failingWorker(),
        """
        each of 8 items is processed at least once: 8 items are left in the queue (queue job1)
          expected:   8 items, each processed
          actual:     0 items processed
          missing:    item 0 (apple) (left in the queue), item 1 (banana) (left in the queue), item 2 (cherry) (left in the queue), item 3 (date) (left in the queue), item 4 (fig) (left in the queue), item 5 (grape) (left in the queue), item 6 (lemon) (left in the queue), item 7 (melon) (left in the queue)
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
  }

  @Test
  void withoutEvidenceContentIsUnknown() {
    HistoryBuilder silent = HistoryBuilder.soundRun(FRUIT).evidence(Evidence.none());
    comes(
        Verdict.UNKNOWN,
        processesEachExactlyOnce(FRUIT),
        silent,
        """
        each of 8 items is processed exactly once: the worker declares no evidence of what it does
          expected:   a log pattern, a digest line or an output queue
          actual:     none
          remedy:     mvn verify -Pgate -Dwq.worker.evidence='Processing (.*)'
        """);
    assertThat(losesNothing(FRUIT).judge(silent.history()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(altersNothing(FRUIT).judge(silent.history()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aLogThatWasNotReadToItsEndIsNoProof() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().after(1);
    told.podIs("pod-0", "Succeeded").jobStatus();
    workOff(told, 1, 8).jobCompletes().ends(0, 0, 0);
    comes(
        Verdict.UNKNOWN,
        processesEachExactlyOnce(FRUIT),
        told,
        """
        each of 8 items is processed exactly once: cannot be told for queue job1
          expected:   8 items, each seen to be processed
          actual:     7 items processed
          missing:    item 0 (apple)
          not seen:   the log of pod-0
        """);
  }

  @Test
  void anItemThatTheRecordDoesNotPublishIsUnknown() {
    HistoryBuilder told = HistoryBuilder.soundRun(FRUIT.subList(0, 7));
    Conclusion conclusion = processesEachExactlyOnce(FRUIT).judge(told.history());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(conclusion.explanation()).contains("that item 7 (melon) was published");
  }

  @Test
  void losing() {
    valid(losesNothing(FRUIT), fewerCompletions());
    valid(losesNothing(FRUIT), HistoryBuilder.soundRun(FRUIT));
    valid(losesNothing(FRUIT), failingWorker());
    comes(
        Verdict.INVALID,
        losesNothing(FRUIT),
        workOff(begun(7), 0, 7).jobCompletes().ends(0, 0, 0),
        """
        none of 8 items is lost: 1 item is gone (queue job1)
          expected:   8 items, each processed or still in the queue
          actual:     7 processed, 0 in the queue
          missing:    item 7 (melon)
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
    comes(
        Verdict.UNKNOWN,
        losesNothing(FRUIT),
        workOff(begun(), 0, 2).depthByAmqp(6, 0).finalState(),
        """
        none of 8 items is lost: cannot be told for queue job1
          expected:   8 items, each seen processed or in the queue
          actual:     0 processed, 0 in the queue
          missing:    item 2 (cherry), item 3 (date), item 4 (fig), item 5 (grape), item 6 (lemon), item 7 (melon)
          not seen:   whether item 0 (apple) is still in the queue, whether item 1 (banana) is still in the queue
        """);
  }

  @Test
  void altering() {
    valid(altersNothing(FRUIT), HistoryBuilder.soundRun(FRUIT));
    comes(
        Verdict.INVALID,
        altersNothing(FRUIT),
        workOff(begun(), 0, 7).worksOff("pod-7", Item.of(7, "MELON")).jobCompletes().ends(0, 0, 0),
        """
        none of 8 items is altered: workers read 1 payload that nobody published (queue job1)
          expected:   each payload as it was published
          actual:     1 payload that nobody published
          missing:    item 7 (melon)
          unexpected: "MELON" by pod-7
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
  }

  @Test
  void aFirstLineDoesNotProveTheOthers() {
    List<Item> poem = List.of(Item.of(0, "so much\ndepends"));
    HistoryBuilder told = new HistoryBuilder().publish(poem).job(1, 1).starts("pod-0");
    told.prints("pod-0", "Processing so much").succeeds("pod-0").jobCompletes().ends(0, 0, 0);
    valid(processesEachExactlyOnce(poem), told);
    comes(
        Verdict.UNKNOWN,
        altersNothing(poem),
        told,
        """
        the one item is not altered: cannot be told for queue job1
          expected:   evidence of the whole payload of 1 item
          actual:     less
          not seen:   more than the first line of item 0 (so much.depends)
        """);
  }

  @Test
  void digestsProveAllThatWasRead() {
    List<Item> poem = List.of(Item.of(0, "so much\ndepends"));
    HistoryBuilder told = new HistoryBuilder().evidence(Evidence.digestLine()).publish(poem);
    told.job(1, 1).starts("pod-0");
    told.prints("pod-0", "digest " + Payload.of(poem.get(0)).digest() + " bytes 15");
    told.succeeds("pod-0").jobCompletes().ends(0, 0, 0);
    valid(processesEachExactlyOnce(poem), told);
    valid(altersNothing(poem), told);
  }

  @Test
  void anOutputQueueIsEvidenceToo() {
    HistoryBuilder told = new HistoryBuilder().evidence(Evidence.outputQueue("done"));
    told.publish(FRUIT.subList(0, 1)).job(1, 1).starts("pod-0").succeeds("pod-0").jobCompletes();
    comes(
        Verdict.INVALID,
        processesEachExactlyOnce(FRUIT.subList(0, 1)),
        told.ends(0, 0, 0),
        """
        the one item is processed exactly once: 1 item was processed by no pod (queue job1)
          expected:   1 item, each processed once
          actual:     0 items processed
          missing:    item 0 (apple)
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
    told.add(Source.BROKER, new OutputSeen("done", Payload.of(FRUIT.get(0)), "pod-0"));
    valid(processesEachExactlyOnce(FRUIT.subList(0, 1)), told);
  }

  @Test
  void theQueue() {
    valid(drains(QUEUE), HistoryBuilder.soundRun(FRUIT));
    valid(leavesOver(QUEUE, 3), fewerCompletions());
    // A container that never ran has not touched the queue, whatever it is said to wait for.
    valid(
        leavesOver(QUEUE, 8),
        begun()
            .pending("pod-0")
            .jobStatus()
            .waits("pod-0", "ErrImagePull", "")
            .after(1)
            .depth(8, 0, 0)
            .after(1)
            .waits("pod-0", "ImagePullBackOff", "")
            .finalState());
    comes(
        Verdict.INVALID,
        drains(QUEUE),
        fewerCompletions(),
        """
        queue job1 is drained: queue job1 holds 3 ready, 0 unacked
          expected:   0 ready, 0 unacked
          actual:     3 ready, 0 unacked
          remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | grep job1
        """);
    comes(
        Verdict.INVALID,
        leavesOver(QUEUE, 2),
        fewerCompletions(),
        """
        queue job1 is left with 2: queue job1 holds 3 ready, 0 unacked
          expected:   2 ready, 0 unacked
          actual:     3 ready, 0 unacked
          remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | grep job1
        """);
    comes(
        Verdict.UNKNOWN,
        drains(QUEUE),
        workOff(begun(), 0, 8).depth(0, 0, 0).jobCompletes(),
        """
        queue job1 is drained: no sample of queue job1 is new enough
          expected:   0 ready, 0 unacked, sampled after 2026-01-31T12:00:16.910Z
          actual:     ready not known, unacked not known
          remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | grep job1
        """);
    comes(
        Verdict.INVALID,
        drains(QUEUE),
        begun().queueMissing(),
        """
        queue job1 is drained: there is no queue job1
          expected:   0 ready, 0 unacked
          actual:     no such queue, in event 11
          remedy:     amqp-declare-queue --url=$BROKER_URL -q job1 -d
        """);
    comes(
        Verdict.UNKNOWN,
        drains("foo"),
        begun(),
        """
        queue foo is drained: the depth of queue foo was never seen
          expected:   0 ready, 0 unacked
          actual:     no sample
          remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | grep foo
        """);
  }

  @Test
  void anAnswerThatComesAfterALaterOneIsNotTakenForTheLast() {
    HistoryBuilder told =
        workOff(begun(), 0, 8).jobCompletes().depth(0, 0, 0).lateDepth(2, 1, 1).finalState();

    valid(drains(QUEUE), told);
    valid(losesNothing(FRUIT), told);
  }

  @Test
  void successes() {
    valid(accountsForEverySuccess(), HistoryBuilder.soundRun(FRUIT));
    valid(accountsForEverySuccess(), fewerCompletions());
    comes(
        Verdict.INVALID,
        accountsForEverySuccess(),
        failingWorker(),
        """
        job accounts for every success with an ack: Job demo/job-wq-1 has 8 successes on queue job1 and 0 acks
          expected:   8 successes, an ack for each
          actual:     0 acks, says the queue's depth
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
    comes(
        Verdict.UNKNOWN,
        accountsForEverySuccess(),
        workOff(begun(), 0, 8).jobCompletes().depthByAmqp(0, 0).finalState(),
        """
        job accounts for every success with an ack: the acks on queue job1 are not known
          expected:   8 successes, an ack for each
          actual:     neither the wire, nor the broker's counters, nor a final depth
          remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | grep job1
        """);
  }

  @Test
  void aCounterThatLacksAcksProvesNothing() {
    HistoryBuilder worked = workOff(begun(), 0, 8).jobCompletes();
    worked.add(Source.BROKER, new BrokerCounters(QUEUE, 8, 8, 0, 0, 5, worked.now()));
    valid(accountsForEverySuccess(), worked.ends(0, 0, 0));

    HistoryBuilder silent = withoutAWord(8).jobCompletes();
    silent.add(Source.BROKER, new BrokerCounters(QUEUE, 8, 8, 0, 0, 5, silent.now()));
    valid(accountsForEverySuccess(), silent.ends(0, 0, 0));

    HistoryBuilder kept = withoutAWord(8).jobCompletes();
    kept.add(Source.BROKER, new BrokerCounters(QUEUE, 8, 8, 0, 0, 5, kept.now()));
    comes(
        Verdict.INVALID,
        accountsForEverySuccess(),
        kept.ends(2, 0, 0),
        """
        job accounts for every success with an ack: Job demo/job-wq-1 has 8 successes on queue job1 and 6 acks
          expected:   8 successes, an ack for each
          actual:     6 acks, says the queue's depth
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
  }

  private static HistoryBuilder withoutAWord(int pods) {
    HistoryBuilder told = begun();
    for (int i = 0; i < pods; i++) {
      told.starts("pod-" + i).jobStatus().after(1).succeeds("pod-" + i);
    }
    return told;
  }

  @Test
  void successesOfAQueueThatIsNotKnown() {
    comes(
        Verdict.UNKNOWN,
        accountsForEverySuccess(),
        begun().spec(spec -> spec.withQueue("")).jobCompletes().ends(8, 0, 0),
        """
        job accounts for every success with an ack: the queue of Job demo/job-wq-1 is not known
          expected:   a Job whose workers are told their queue by QUEUE
          actual:     none in the record
        """);
  }

  @Test
  void successesThatTheSourcesCountOtherwise() {
    HistoryBuilder told = workOff(begun(), 0, 8).jobCompletes();
    told.add(Source.BROKER, new BrokerCounters(QUEUE, 8, 8, 0, 0, 8, told.now()));
    comes(
        Verdict.UNKNOWN,
        accountsForEverySuccess(),
        told.ends(1, 0, 0),
        """
        job accounts for every success with an ack: the sources disagree
          not seen:   the broker counted 8 acks and holds 1 message in queue job1, but only 8 were published
        """);
  }

  @Test
  void itemsPerPod() {
    valid(oneItemPerPod(), HistoryBuilder.soundRun(FRUIT));
    HistoryBuilder greedy = begun(1).starts("pod-0").after(1);
    FRUIT.forEach(item -> greedy.works("pod-0", item));
    comes(
        Verdict.INVALID,
        oneItemPerPod(),
        greedy.succeeds("pod-0").jobCompletes().ends(0, 0, 0),
        """
        job processes one item per pod: Job demo/job-wq-1 has 1 pod with several items
          expected:   one item for each pod
          actual:     1 pod with more, 0 succeeded with none
          unexpected: pod-0 with 8
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
  }

  @Test
  void podsWithoutAnItem() {
    HistoryBuilder told = begun(1).starts("pod-0").after(1).succeeds("pod-0").jobCompletes();
    comes(
        Verdict.UNKNOWN,
        oneItemPerPod(),
        told,
        """
        job processes one item per pod: cannot be told of Job demo/job-wq-1
          expected:   evidence of every pod, or the wire
          actual:     0 pods seen with an item
          not seen:   the final state
        """);
    comes(
        Verdict.INVALID,
        oneItemPerPod(),
        told.ends(8, 0, 0),
        """
        job processes one item per pod: Job demo/job-wq-1 has 1 pod that succeeded with none
          expected:   one item for each pod
          actual:     0 pods with more, 1 succeeded with none
          missing:    pod-0
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
  }

  @Test
  void workOnWhatNobodyPublished() {
    HistoryBuilder told = workOff(begun(), 0, 8).starts("pod-8").prints("pod-8", "Processing kiwi");
    comes(
        Verdict.INVALID,
        processesEachExactlyOnce(FRUIT),
        told.succeeds("pod-8").jobCompletes().ends(0, 0, 0),
        """
        each of 8 items is processed exactly once: 1 payload was processed that nobody published (queue job1)
          expected:   8 items, each processed once
          actual:     8 items processed
          unexpected: "kiwi" by pod-8
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
  }

  @Test
  void alteredAsFarAsIsKnown() {
    comes(
        Verdict.UNKNOWN,
        altersNothing(FRUIT),
        HistoryBuilder.soundRun(FRUIT).evidence(Evidence.none()),
        """
        none of 8 items is altered: cannot be told for queue job1
          expected:   evidence of the whole payload of 8 items
          actual:     no evidence declared
          not seen:   work on item 0 (apple), work on item 1 (banana), work on item 2 (cherry), work on item 3 (date), work on item 4 (fig), work on item 5 (grape), work on item 6 (lemon), work on item 7 (melon)
        """);
  }

  @Test
  void secrets() {
    valid(keepsSecrets(), HistoryBuilder.soundRun(FRUIT));
    comes(
        Verdict.INVALID,
        keepsSecrets(),
        begun().starts("pod-0").prints("pod-0", "at amqp://guest:guest@rabbitmq:5672"),
        """
        workers keep passwords to themselves: 1 run printed one
          expected:   no password in any log
          actual:     pod-0: at amqp://guest:***@rabbitmq:5672
        """);
  }

  @Test
  void secretsInLogsThatWereNotRead() {
    comes(
        Verdict.UNKNOWN,
        keepsSecrets(),
        begun().starts("pod-0").prints("pod-0", "Processing apple"),
        """
        workers keep passwords to themselves: cannot be told
          expected:   every log read to its end
          actual:     1 pod seen
          not seen:   the log of pod-0
        """);
  }

  @Test
  void atLeastOnceNeedsNoLogThatCouldOnlyShowMore() {
    HistoryBuilder told = begun().starts("pod-8").jobStatus();
    workOff(told, 0, 8).gone("pod-8").jobCompletes().ends(0, 0, 0);
    valid(processesEachAtLeastOnce(FRUIT), told);
    assertThat(processesEachExactlyOnce(FRUIT).judge(told.history()).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aRaceThatWasNotRun() {
    comes(
        Verdict.UNKNOWN,
        strikesBetweenAckAndRelease("kill-container"),
        begun(),
        """
        kill-container strikes between ack and release: the record does not show it
          expected:   an ack on the wire, then the fault on its pod, then the release
          actual:     no ack, no fault kill-container
        """);
  }

  @Test
  void theWindowOfTheRace() {
    HistoryBuilder told = begun().starts("pod-0").connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    told.add(Source.WIRE, new Held("to-pod-0", "after an ack"));
    told.add(Source.FAULTS, new FaultInjected("kill-container", "pod-0", ""));
    comes(
        Verdict.UNKNOWN,
        strikesBetweenAckAndRelease("kill-container"),
        told,
        """
        kill-container strikes between ack and release: the fault missed its window
          expected:   an ack on the wire, then the fault on its pod, then the release
          actual:     the fault in event 20 lies outside
        """);
    valid(
        strikesBetweenAckAndRelease("kill-container"),
        told.add(Source.WIRE, new Released("to-pod-0", "after the kill")));
    comes(
        Verdict.UNKNOWN,
        strikesBetweenAckAndRelease("kill-container"),
        told.add(Source.FAULTS, new FaultInjected("kill-container", "pod-0", "struck")),
        """
        kill-container strikes between ack and release: the fault missed its window
          expected:   an ack on the wire, then the fault on its pod, then the release
          actual:     the fault in event 20 lies outside
        """);

    HistoryBuilder another = begun().starts("pod-0").starts("pod-1").connects("pod-0");
    another.delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    another.add(Source.WIRE, new Held("to-pod-0", "after an ack"));
    another.add(Source.FAULTS, new FaultInjected("kill-container", "pod-1", ""));
    another.add(Source.WIRE, new Released("to-pod-0", "released"));
    comes(
        Verdict.UNKNOWN,
        strikesBetweenAckAndRelease("kill-container"),
        another,
        """
        kill-container strikes between ack and release: the fault missed its window
          expected:   an ack on the wire, then the fault on its pod, then the release
          actual:     the fault in event 24 lies outside
        """);
    another.add(Source.FAULTS, new FaultInjected("kill-node", "node-1", ""));
    another.add(Source.WIRE, new Released("to-pod-0", "released"));
    valid(strikesBetweenAckAndRelease("kill-node"), another);

    HistoryBuilder notHeld = begun().starts("pod-0").connects("pod-0");
    notHeld.delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    notHeld.add(Source.FAULTS, new FaultInjected("kill-container", "pod-0", ""));
    notHeld.add(Source.WIRE, new Released("to-pod-0", "the tap lets pass again"));
    comes(
        Verdict.UNKNOWN,
        strikesBetweenAckAndRelease("kill-container"),
        notHeld,
        """
        kill-container strikes between ack and release: the fault missed its window
          expected:   an ack on the wire, then the fault on its pod, then the release
          actual:     the fault in event 19 lies outside
        """);
  }

  @Test
  void diagnoses() {
    valid(diagnosedAs(FindingCode.ALL_PROCESSED), HistoryBuilder.soundRun(FRUIT));
    comes(
        Verdict.INVALID,
        diagnosedAs(FindingCode.LOST_ITEMS),
        failingWorker(),
        """
        diagnosed as LOST_ITEMS: outcome.told has root FALSE_SUCCESS
          expected:   root LOST_ITEMS
          actual:     root FALSE_SUCCESS
          missing:    LOST_ITEMS
          unexpected: FALSE_SUCCESS
        """);
  }

  @Test
  void linesThatThreadsMixAreTakenApart() {
    List<Item> both = FRUIT.subList(0, 2);
    valid(processesEachExactlyOnce(both), printing("ProcessingProcessing  applebanana", ""));
    valid(processesEachExactlyOnce(both), printing("ProcessingProcessing apple", " banana"));
    valid(
        processesEachExactlyOnce(both),
        printing("item apple done, an item of two", "item banana done")
            .evidence(Evidence.logPattern("item (\\w+)")));
  }

  @Test
  void whatCannotBeTakenApartIsNotRead() {
    List<Item> both = FRUIT.subList(0, 2);
    comes(
        Verdict.UNKNOWN,
        processesEachExactlyOnce(both),
        printing("ProcessingProcessing mixed", ""),
        """
        each of 2 items is processed exactly once: cannot be told for queue job1
          expected:   2 items, each seen to be processed
          actual:     0 items processed
          missing:    item 0 (apple), item 1 (banana)
          not seen:   what line 1 of the log of pod-1 shows, on which several begin
        """);
    comes(
        Verdict.INVALID,
        processesEachExactlyOnce(both),
        printing("ProcessingProcessing apple", "ready"),
        """
        each of 2 items is processed exactly once: 1 item was processed by no pod (queue job1)
          expected:   2 items, each processed once
          actual:     1 item processed
          missing:    item 1 (banana)
          remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
        """);
  }

  private static HistoryBuilder printing(String... lines) {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 2)).job(1, 1);
    told.starts("pod-1");
    for (String line : lines) {
      told.prints("pod-1", line);
    }
    return told.succeeds("pod-1").jobCompletes().ends(0, 0, 0);
  }

  @Test
  void whatCameBackAndWasProcessedAgainIsNoDuplicate() {
    Conclusion again = processesEachExactlyOnce(FRUIT).judge(deliveredNotAcked().history());
    assertThat(again.findings())
        .extracting(Finding::code, Finding::message)
        .containsExactly(
            tuple(
                FindingCode.REDELIVERED_ITEMS,
                "1 item was processed again, having returned to the queue"));

    HistoryBuilder twice = begun();
    twice.starts("pod-0").works("pod-0", FRUIT.get(0)).works("pod-0", FRUIT.get(0));
    workOff(twice.succeeds("pod-0"), 1, 8).jobCompletes().ends(0, 0, 0);
    assertThat(processesEachExactlyOnce(FRUIT).judge(twice.history()).findings())
        .extracting(Finding::code, Finding::message)
        .containsExactly(
            tuple(FindingCode.DUPLICATED_ITEMS, "1 item was processed more than once"));
  }

  @Test
  void whatAKilledPodHadToGiveBackIsNoFurtherRoot() {
    valid(diagnosedAs(FindingCode.LOST_ITEMS), losesOneAndGivesOneBack("pod-1"));
    comes(
        Verdict.INVALID,
        diagnosedAs(FindingCode.LOST_ITEMS),
        losesOneAndGivesOneBack("another-pod"),
        """
        diagnosed as LOST_ITEMS: outcome.told has root LOST_ITEMS, REDELIVERED_ITEMS
          expected:   root LOST_ITEMS
          actual:     root LOST_ITEMS, REDELIVERED_ITEMS
          unexpected: REDELIVERED_ITEMS
        """);
  }

  /** It holds two items, acks one of them before it works on it, and ends badly. */
  private static HistoryBuilder losesOneAndGivesOneBack(String struck) {
    Item lost = FRUIT.get(0);
    Item back = FRUIT.get(1);
    return new HistoryBuilder()
        .publish(List.of(lost, back))
        .job(1, 1)
        .spec(spec -> spec.withCompletions(null))
        .starts("pod-1")
        .connects("pod-1")
        .delivers("pod-1", back, false)
        .delivers("pod-1", lost, false)
        .acks("pod-1")
        .add(Source.FAULTS, new FaultInjected("kill-container", struck, "container c"))
        .add(Source.WIRE, new ConnectionEnded("to-pod-1", End.BROKEN, true, ""))
        .exits("pod-1", 137, "Error")
        .startsAgain("pod-1")
        .connects("pod-1")
        .delivers("pod-1", back, true)
        .works("pod-1", back)
        .acks("pod-1")
        .disconnects("pod-1")
        .succeeds("pod-1")
        .jobCompletes()
        .ends(0, 0, 0);
  }

  @Test
  void nothingToDiagnoseYet() {
    comes(
        Verdict.UNKNOWN,
        diagnosedAs(FindingCode.LOST_ITEMS),
        new HistoryBuilder().publish(FRUIT),
        """
        diagnosed as LOST_ITEMS: outcome.told has no root
          expected:   root LOST_ITEMS
          actual:     no root
          missing:    LOST_ITEMS
          not seen:   the final state
        """);
  }

  @Test
  void workThatIsNotDoneYetIsNoDiagnosis() {
    comes(
        Verdict.UNKNOWN,
        diagnosedAs(FindingCode.WAITING_FOR_WORK),
        workOff(begun(), 0, 3).starts("pod-3").jobStatus().depth(4, 1, 1).finalState(),
        """
        diagnosed as WAITING_FOR_WORK: outcome.told has root STILL_WORKING
          expected:   root WAITING_FOR_WORK
          actual:     root STILL_WORKING
          missing:    WAITING_FOR_WORK
          unexpected: STILL_WORKING
        """);
  }

  @Test
  void whatALogThatNobodyReadMayTellIsNoDiagnosisEither() {
    HistoryBuilder told = workOff(begun(), 0, 7).starts("pod-7").jobStatus().after(1);
    told.exitsUnread("pod-7", 0, "Completed").podIs("pod-7", "Succeeded").jobStatus();
    comes(
        Verdict.UNKNOWN,
        diagnosedAs(FindingCode.ALL_PROCESSED),
        told.jobCompletes().ends(0, 0, 0),
        """
        diagnosed as ALL_PROCESSED: outcome.told has no root
          expected:   root ALL_PROCESSED
          actual:     no root
          missing:    ALL_PROCESSED
          not seen:   the log of pod-7
        """);
  }

  @Test
  void aCheckerThatNeverEndsIsUnknownAsWell() {
    comes(
        Verdict.UNKNOWN,
        new Claim(new Endless(), Verdict.VALID),
        begun(),
        """
        never ends: the checker failed, which is a fault of the harness
          actual:     java.lang.StackOverflowError
          remedy:     report it with the history, reports/histories/outcome.told.ndjson""");
  }

  private record Endless() implements Statement {
    @Override
    public String words() {
      return "never ends";
    }

    @Override
    @SuppressWarnings("InfiniteRecursion")
    public Conclusion judge(Picture picture) {
      return judge(picture);
    }
  }

  private record Broken() implements Statement {
    @Override
    public String words() {
      return "never fails";
    }

    @Override
    public Conclusion judge(Picture picture) {
      throw new IllegalStateException("a bug");
    }
  }

  @Test
  void aCheckerThatThrowsIsUnknownWithItsCause() {
    comes(
        Verdict.UNKNOWN,
        new Claim(new Broken(), Verdict.VALID),
        begun(),
        """
        never fails: the checker failed, which is a fault of the harness
          actual:     java.lang.IllegalStateException: a bug
          remedy:     report it with the history, reports/histories/outcome.told.ndjson
        """);
  }
}
