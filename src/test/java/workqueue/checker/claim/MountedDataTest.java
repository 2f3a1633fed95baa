package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.diagnosis.Diagnosed.diagnose;
import static workqueue.checker.diagnosis.Diagnosed.none;
import static workqueue.checker.diagnosis.Diagnosed.onlyRoot;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.DATA_DIFFERS;
import static workqueue.checker.diagnosis.FindingCode.UNSCHEDULABLE;
import static workqueue.checker.diagnosis.FindingCode.VOLUME_NOT_MOUNTED;
import static workqueue.checker.diagnosis.Situations.begun;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Outlook;
import workqueue.checker.diagnosis.Outlook.Prospect;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.Condition;
import workqueue.history.HarnessEvent.DataFound;
import workqueue.history.HarnessEvent.DataGiven;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;
import workqueue.history.JobVolume;
import workqueue.history.Source;

/** Data that pods mount: what is claimed of it, and what keeps it from being mounted. */
class MountedDataTest {
  private static final String FILE = digest('a');
  private static final String PART = digest('b');
  private static final String OTHER = digest('c');
  private static final String JOB = "job-wq-1";
  private static final List<Item> ITEMS =
      List.of(Item.of(0, "numbers 1-5"), Item.of(1, "numbers 6-9"));

  private static String digest(char digit) {
    return "sha256:" + String.valueOf(digit).repeat(64);
  }

  /** A Job of which it is known what its pods mount. */
  private static HistoryBuilder given() {
    HistoryBuilder told = new HistoryBuilder();
    told.publish(ITEMS).depth(2, 0, 0).job(2, 2);
    return told.add(
        Source.HARNESS,
        new DataGiven(
            JOB, "data", Map.of("numbers", FILE, "numbers 1-5", PART, "numbers 6-9", PART)));
  }

  /** A pod on a node of its own that shows the file and its part, and tries to write. */
  private static HistoryBuilder reads(
      HistoryBuilder told, int pod, String file, String part, String write) {
    String name = "pod-" + pod;
    told.add(
        Source.PODS,
        new PodState(
            told.ref(name), "job-1", "Pending", "", "", "node-" + pod, "", false, null, List.of()));
    told.pending(name).starts(name);
    Item item = ITEMS.get(pod);
    told.works(name, item)
        .prints(name, "data " + file + " numbers")
        .prints(name, "part " + part + " " + item.preview())
        .prints(name, write);
    return told.succeeds(name);
  }

  private static final String REFUSED = "write refused: Read-only file system";

  private static HistoryBuilder sound() {
    HistoryBuilder told = given();
    reads(told, 0, FILE, PART, REFUSED);
    reads(told, 1, FILE, PART, REFUSED);
    return found(told.jobCompletes(), FILE).ends(0, 0, 0);
  }

  private static HistoryBuilder found(HistoryBuilder told, String digest) {
    return told.add(Source.HARNESS, new DataFound(JOB, "node node-1", Map.of("numbers", digest)));
  }

  private static Conclusion judge(Claim claim, HistoryBuilder told) {
    return claim.judge(told.history());
  }

  private static Verdict verdict(Claim claim, HistoryBuilder told) {
    return judge(claim, told).verdict();
  }

  private static void onlyValid(HistoryBuilder told) {
    assertThat(verdict(Claims.readsItsParts(JOB), told)).isEqualTo(Verdict.VALID);
    assertThat(verdict(Claims.readsTheSameOn(JOB, 2), told)).isEqualTo(Verdict.VALID);
    assertThat(verdict(Claims.refusesWrites(JOB), told)).isEqualTo(Verdict.VALID);
    assertThat(verdict(Claims.leavesDataUnchanged(JOB), told)).isEqualTo(Verdict.VALID);
  }

  @Test
  void aSoundRunShowsAllOfIt() {
    onlyValid(sound());
    onlyRoot(sound(), ALL_PROCESSED);
  }

  @Test
  void withoutEvidenceNothingIsKnown() {
    HistoryBuilder told = given().jobCompletes().ends(0, 0, 0);
    assertThat(verdict(Claims.readsItsParts(JOB), told)).isEqualTo(Verdict.UNKNOWN);
    assertThat(verdict(Claims.readsTheSameOn(JOB, 2), told)).isEqualTo(Verdict.UNKNOWN);
    assertThat(verdict(Claims.refusesWrites(JOB), told)).isEqualTo(Verdict.UNKNOWN);
    assertThat(verdict(Claims.leavesDataUnchanged(JOB), told)).isEqualTo(Verdict.UNKNOWN);
    HistoryBuilder unnamed = HistoryBuilder.soundRun(ITEMS);
    assertThat(judge(Claims.readsItsParts(JOB), unnamed).explanation())
        .isEqualTo(
            """
            job job-wq-1 reads the part of its data that each item names: it is not known which \
            data it mounts
              expected:   a Job and the data that its pods mount
              actual:     not both""");
  }

  @Test
  void aPartThatNobodyReadIsNotKnown() {
    HistoryBuilder told = given();
    reads(told, 0, FILE, PART, REFUSED);
    told.jobCompletes().ends(0, 0, 0);
    assertThat(judge(Claims.readsItsParts(JOB), told).explanation())
        .contains("  expected:   2 parts read", "  not seen:   numbers 6-9");
    assertThat(judge(Claims.readsTheSameOn(JOB, 2), told).explanation())
        .contains("  expected:   each file read on 2 nodes", "  not seen:   numbers");
  }

  @Test
  void anotherPartIsAnotherDigest() {
    HistoryBuilder told = given();
    reads(told, 0, FILE, PART, REFUSED);
    reads(told, 1, FILE, OTHER, REFUSED);
    told.jobCompletes().ends(0, 0, 0);
    assertThat(judge(Claims.readsItsParts(JOB), told).explanation())
        .isEqualTo(
            """
            job job-wq-1 reads the part of its data that each item names: not so for Job \
            demo/job-wq-1
              expected:   digests of the data as it was given
              actual:     1 other digest
              unexpected: numbers 6-9 in pod-1 on node node-1""");
  }

  @Test
  void aNodeWithOtherDataIsNamedWithTheFile() {
    HistoryBuilder told = given();
    reads(told, 0, FILE, PART, REFUSED);
    reads(told, 1, OTHER, PART, REFUSED);
    told.jobCompletes().ends(0, 0, 0);
    onlyRoot(told, DATA_DIFFERS);
    Finding finding = diagnose(told).finding(DATA_DIFFERS).orElseThrow();
    assertThat(finding.message())
        .isEqualTo(
            "file numbers in volume data of Job demo/job-wq-1 is not as it was given on node"
                + " node-1, and is on node node-0");
    assertThat(finding.pods()).containsExactly("pod-1");
    assertThat(judge(Claims.readsTheSameOn(JOB, 2), told).explanation())
        .contains("  unexpected: numbers in pod-1 on node node-1");
  }

  @Test
  void whoWroteIsNamed() {
    HistoryBuilder told = given();
    reads(told, 0, FILE, PART, "write done: numbers");
    reads(told, 1, FILE, PART, "write done: numbers");
    none(told.jobCompletes(), DATA_DIFFERS);
    found(told, OTHER).ends(0, 0, 0);
    onlyRoot(told, DATA_DIFFERS);
    assertThat(diagnose(told).finding(DATA_DIFFERS).orElseThrow().message())
        .isEqualTo(
            "file numbers in volume data of Job demo/job-wq-1 is not as it was given on node"
                + " node-1, and is on node node-0; pod pod-0 wrote numbers");
    assertThat(judge(Claims.leavesDataUnchanged(JOB), told).explanation())
        .contains("  unexpected: numbers on node node-1");
    assertThat(judge(Claims.refusesWrites(JOB), told).explanation())
        .isEqualTo(
            """
            job job-wq-1 mounts its data read-only: not so for Job demo/job-wq-1
              expected:   every write refused
              actual:     2 writes done
              unexpected: pod-0 wrote numbers, pod-1 wrote numbers
              remedy:     set readOnly: true on the volumeMount of volume data; an access mode of \
            the claim does not make a mount read-only""");
  }

  @Test
  void whatWasFoundBeforeTheEndSaysNothingOfAfterwards() {
    HistoryBuilder told = found(given(), FILE);
    reads(told, 0, FILE, PART, REFUSED);
    reads(told, 1, FILE, PART, REFUSED);
    told.jobCompletes().ends(0, 0, 0);
    assertThat(verdict(Claims.leavesDataUnchanged(JOB), told)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aPodThatDidNotTryToWriteLeavesItOpen() {
    HistoryBuilder told = given();
    reads(told, 0, FILE, PART, REFUSED);
    reads(told, 1, FILE, PART, "no more");
    told.jobCompletes().ends(0, 0, 0);
    assertThat(judge(Claims.refusesWrites(JOB), told).explanation())
        .contains("  not seen:   pod-1");
  }

  // what is not mounted

  @Test
  void whatAJobMountsIsReadAsItWasWritten() {
    History told = unscheduled("0/1 nodes are available").history();
    assertThat(HistoryFile.fromText("told.ndjson", HistoryFile.toText(told))).isEqualTo(told);
  }

  private static HistoryBuilder unscheduled(String message) {
    HistoryBuilder told =
        begun()
            .spec(
                spec ->
                    spec.withVolumes(
                        List.of(
                            new JobVolume(
                                "data", "persistentVolumeClaim", "numbers", "/data", true))));
    told.jobIs(0, 0).pending("pod-0");
    PodState state = told.history().last(PodState.class).orElseThrow().event();
    told.add(
        Source.PODS,
        new PodState(
            state.pod(),
            state.jobUid(),
            "Pending",
            "",
            "",
            "",
            "",
            false,
            null,
            List.of(Condition.of("PodScheduled", "False", "Unschedulable", message))));
    return told.jobIs(1, 0);
  }

  private static final String UNBOUND =
      "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.";

  @Test
  void aClaimThatIsNotBoundIsNamedWithItsOwnEvent() {
    HistoryBuilder told =
        unscheduled(UNBOUND)
            .warning(
                "PersistentVolumeClaim",
                "numbers",
                "FailedBinding",
                "no persistent volumes available for this claim and no storage class is set");
    onlyRoot(told, VOLUME_NOT_MOUNTED);
    Finding finding = diagnose(told).finding(VOLUME_NOT_MOUNTED).orElseThrow();
    assertThat(finding.message())
        .isEqualTo(
            "a volume cannot be mounted for 1 pod of Job demo/job-wq-1, for claim numbers is not"
                + " bound (no persistent volumes available for this claim and no storage class is"
                + " set)");
    assertThat(finding.remedy()).isEqualTo("kubectl describe pvc -n demo");
    assertThat(Outlook.of(told.history()).prospect()).isEqualTo(Prospect.OPEN);
    told.after(11).depth(8, 0, 0);
    assertThat(Outlook.of(told.history()).prospect()).isEqualTo(Prospect.HOPELESS);
    none(told.starts("pod-0"), VOLUME_NOT_MOUNTED);
  }

  @Test
  void withoutItsEventTheSchedulerIsQuoted() {
    HistoryBuilder told =
        unscheduled(UNBOUND)
            .warning("PersistentVolumeClaim", "letters", "FailedBinding", "another claim's");
    assertThat(diagnose(told).finding(VOLUME_NOT_MOUNTED).orElseThrow().message())
        .endsWith("for claim numbers is not bound (" + UNBOUND + ")");
  }

  @Test
  void aVolumeThatIsElsewhereIsNamed() {
    String why =
        "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s)"
            + " had volume node affinity conflict.";
    HistoryBuilder told = unscheduled(why);
    onlyRoot(told, UNSCHEDULABLE);
    assertThat(diagnose(told).finding(UNSCHEDULABLE).orElseThrow().message())
        .isEqualTo(
            "no node takes 1 waiting pod of Job demo/job-wq-1, which have to be where volume data"
                + " (persistentVolumeClaim numbers) is ("
                + why
                + ")");
    assertThat(
            diagnose(unscheduled("0/1 nodes are available: 1 Insufficient cpu."))
                .finding(UNSCHEDULABLE)
                .orElseThrow()
                .message())
        .doesNotContain("volume");
  }
}
