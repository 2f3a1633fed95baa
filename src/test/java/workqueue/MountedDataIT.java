package workqueue;

import static workqueue.checker.claim.Claims.apiLacks;
import static workqueue.checker.claim.Claims.diagnosedAs;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.jobNeverCompletes;
import static workqueue.checker.claim.Claims.leavesDataUnchanged;
import static workqueue.checker.claim.Claims.leavesOver;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;
import static workqueue.checker.claim.Claims.readsItsParts;
import static workqueue.checker.claim.Claims.readsTheSameOn;
import static workqueue.checker.claim.Claims.refusesWrites;
import static workqueue.checker.claim.Verdict.INVALID;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.DATA_DIFFERS;
import static workqueue.checker.diagnosis.FindingCode.UNSCHEDULABLE;
import static workqueue.checker.diagnosis.FindingCode.VOLUME_NOT_MOUNTED;

import java.util.ArrayList;
import java.util.List;
import workqueue.checker.claim.Claim;
import workqueue.fault.Faults;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Recording;
import workqueue.tutorial.Caveat;
import workqueue.tutorial.JobDefinition;
import workqueue.workload.DataSet;
import workqueue.workload.JobField;
import workqueue.workload.MountedData;
import workqueue.workload.RunningJob;
import workqueue.workload.Workload;

/** Items that name parts of data which every pod mounts. */
@WorkQueueTest
class MountedDataIT {
  private static final int PARTS = 4;
  private static final DataSet SMALL = DataSet.of(2, 1_000);
  // 256 MiB
  private static final DataSet LARGE = DataSet.of(2, 1 << 21);

  @Scenario(
      value = "outcome.mounted-data",
      title = "Items name parts of data that pods on two nodes mount read-only, from any volume",
      nodes = 2,
      documents = Caveat.ITEMS_MAY_BE_KEYS)
  void mountedData(Workload workload, Recording recording) {
    var kinds = workload.data();
    boolean ofImages = workload.has(JobField.IMAGE_VOLUME);
    List<Claim> claims = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    // Of different lengths, so that no two items are the same.
    DataSet other = DataSet.of(2, 1_200);
    process("config-map", kinds.configMap(SMALL), SMALL, workload, claims, items);
    process("claim", kinds.claim(other), other, workload, claims, items);
    process("host-path", kinds.hostPath(LARGE), LARGE, workload, claims, items);
    if (ofImages) {
      DataSet packed = DataSet.of(2, 1_400);
      process("image", kinds.image(packed), packed, workload, claims, items);
    } else {
      claims.add(apiLacks(JobField.IMAGE_VOLUME.path()));
    }

    claims.add(processesEachExactlyOnce(items));
    claims.add(diagnosedAs(ALL_PROCESSED));
    recording.judge(claims.toArray(Claim[]::new));
  }

  private static void process(
      String queue,
      MountedData mounted,
      DataSet data,
      Workload workload,
      List<Claim> claims,
      List<Item> items) {
    // Each item has a number of its own in the record of the scenario.
    List<Item> parts =
        data.parts(PARTS).stream()
            .map(part -> new Item(items.size() + part.id(), part.body()))
            .toList();
    items.addAll(parts);
    workload.fill(queue, parts);
    RunningJob job = mounted.process(queue, PARTS, JobDefinition::onDifferentNodes);
    job.awaitComplete();
    mounted.lookAgain(job);
    claims.addAll(
        List.of(
            jobCompletesWith(job.name(), PARTS),
            readsItsParts(job.name()),
            readsTheSameOn(job.name(), 2),
            refusesWrites(job.name()),
            leavesDataUnchanged(job.name()),
            drains(queue)));
  }

  @Scenario(
      value = "outcome.data-differs",
      title = "A node holds other data than the others: the node and the file are named",
      nodes = 2)
  void dataDiffers(Workload workload, Recording recording) {
    var items = SMALL.parts(PARTS);
    var queue = workload.fill("job1", items);
    var mounted = workload.data().hostPath(SMALL, DataSet.of(2, 1_000, 2));
    var job = mounted.process(queue, PARTS, JobDefinition::onDifferentNodes);
    job.awaitComplete();

    recording.judge(
        jobCompletesWith(job.name(), PARTS),
        processesEachExactlyOnce(items),
        expecting(INVALID, readsTheSameOn(job.name(), 2)),
        refusesWrites(job.name()),
        diagnosedAs(DATA_DIFFERS));
  }

  @Scenario(
      value = "outcome.data-written",
      title = "A worker writes into the data that all pods mount: the node and the file are named")
  void dataWritten(Workload workload, Recording recording) {
    var items = SMALL.parts(PARTS);
    var queue = workload.fill("job1", items);
    var mounted = workload.data().claim(SMALL).writable();
    var job =
        mounted.process(
            queue, PARTS, spec -> spec.parallelism(1).environment("WRITES", "numbers-2"));
    job.awaitComplete();
    mounted.lookAgain(job);

    recording.judge(
        jobCompletesWith(job.name(), PARTS),
        processesEachExactlyOnce(items),
        expecting(INVALID, refusesWrites(job.name())),
        expecting(INVALID, leavesDataUnchanged(job.name())),
        diagnosedAs(DATA_DIFFERS));
  }

  @Scenario(
      value = "outcome.claim-not-bound",
      title = "A claim for which there is no volume: its own event says why the pods wait")
  void claimNotBound(Workload workload, Recording recording) {
    waits(workload, recording, workload.data().unboundClaim(SMALL));
  }

  @Scenario(value = "outcome.path-missing", title = "Data in a folder that the node does not have")
  void pathMissing(Workload workload, Recording recording) {
    waits(workload, recording, workload.data().missingPath(SMALL));
  }

  private static void waits(Workload workload, Recording recording, MountedData mounted) {
    var items = SMALL.parts(PARTS);
    var queue = workload.fill("job1", items);
    mounted.process(queue, PARTS, spec -> spec).awaitComplete();

    recording.judge(
        jobNeverCompletes(),
        leavesOver(queue, PARTS),
        losesNothing(items),
        diagnosedAs(VOLUME_NOT_MOUNTED));
  }

  @Scenario(
      value = "outcome.volume-elsewhere",
      title = "Data on one node and pods that are bound to the other: the volume is named",
      nodes = 2)
  void volumeElsewhere(Workload workload, Faults faults, Recording recording) {
    var items = SMALL.parts(PARTS);
    var queue = workload.fill("job1", items);
    workload
        .data()
        .claimOn(faults.agent(), SMALL)
        .process(queue, PARTS, spec -> spec.onNode(faults.server().name()))
        .awaitComplete();

    recording.judge(
        jobNeverCompletes(),
        leavesOver(queue, PARTS),
        losesNothing(items),
        diagnosedAs(UNSCHEDULABLE));
  }
}
