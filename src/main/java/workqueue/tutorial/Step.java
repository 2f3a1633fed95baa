package workqueue.tutorial;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The steps of the documented procedure, in order.
 *
 * <p>The ids are those that {@code result.json} uses. What is documented holds the well-known
 * password of RabbitMQ's guest: redact it before showing it.
 */
public enum Step {
  START_SERVICE(
      "start the message queue's Service",
      "kubectl create -f https://raw.githubusercontent.com/kubernetes/kubernetes/release-1.3/"
          + "examples/celery-rabbitmq/rabbitmq-service.yaml",
      "kubectl create -f https://kubernetes.io/examples/application/job/rabbitmq/"
          + "rabbitmq-service.yaml",
      "Service rabbitmq-service exists and has a cluster IP"),
  START_BROKER(
      "start the message queue service",
      "kubectl create -f https://raw.githubusercontent.com/kubernetes/kubernetes/release-1.3/"
          + "examples/celery-rabbitmq/rabbitmq-controller.yaml",
      "kubectl create -f https://kubernetes.io/examples/application/job/rabbitmq/"
          + "rabbitmq-statefulset.yaml",
      "its pod is Ready, an endpoint stands behind the Service, and a login is accepted"),
  START_TEMPORARY_POD(
      "start a temporary pod to try things in",
      "kubectl run -i --tty temp --image ubuntu:18.04",
      "kubectl run -i --tty temp --image ubuntu:22.04",
      "a bare pod temp is Running"),
  INSTALL_TOOLS(
      "install the tools in it",
      "apt-get update\napt-get install -y curl ca-certificates amqp-tools python dnsutils",
      "apt-get update && apt-get install -y curl ca-certificates amqp-tools python3 dnsutils",
      "amqp-declare-queue, amqp-publish, amqp-consume and nslookup are on its PATH"),
  LOOK_UP_SERVICE(
      "look the Service up by its name",
      "nslookup rabbitmq-service",
      "the full name of the Service, and its cluster IP"),
  DISCOVER_BY_ENVIRONMENT(
      "find the Service in the environment",
      "env | grep RABBIT | grep HOST",
      "env | grep RABBITMQ_SERVICE | grep HOST",
      "RABBITMQ_SERVICE_SERVICE_HOST is the Service's cluster IP"),
  DECLARE_QUEUE(
      "declare a queue",
      "export BROKER_URL=amqp://guest:guest@rabbitmq-service:5672\n"
          + "/usr/bin/amqp-declare-queue --url=$BROKER_URL -q foo -d",
      "it prints foo and exits 0; the queue is durable"),
  PUBLISH_MESSAGE(
      "publish a message",
      "/usr/bin/amqp-publish --url=$BROKER_URL -r foo -p -b Hello",
      "it prints nothing and exits 0; 1 message is ready"),
  CONSUME_MESSAGE(
      "get the message back",
      "/usr/bin/amqp-consume --url=$BROKER_URL -q foo -c 1 cat && echo",
      "/usr/bin/amqp-consume --url=$BROKER_URL -q foo -c 1 cat && echo 1>&2",
      "it prints Hello; 0 messages are ready and 0 unacked"),
  DECLARE_BY_ADDRESS(
      "do without the Service's name",
      "BROKER_URL=amqp://guest:guest@$RABBITMQ_SERVICE_SERVICE_HOST:5672",
      "a queue can be declared at the address from the environment, without DNS"),
  DECLARE_JOB_QUEUE(
      "declare the Job's queue",
      "/usr/bin/amqp-declare-queue --url=$BROKER_URL -q job1  -d",
      "it prints job1 and exits 0; the queue is durable"),
  FILL_QUEUE(
      "fill the queue with items",
      """
      for f in apple banana cherry date fig grape lemon melon
      do
        /usr/bin/amqp-publish --url=$BROKER_URL -r job1 -p -b $f
      done""",
      "8 persistent messages are ready"),
  MAKE_WORKER_EXECUTABLE(
      "make the worker executable", "chmod +x worker.py", "the file's executable bits are set"),
  BUILD_IMAGE(
      "build the worker's image",
      "docker build -t job-wq-1 .",
      "image job-wq-1 exists; its command runs amqp-consume -c 1 with /worker.py"),
  TAG_IMAGE(
      "tag the image for a registry",
      "docker tag job-wq-1 <username>/job-wq-1",
      "the new name means the same image"),
  PUSH_IMAGE(
      "push the image",
      "docker push <username>/job-wq-1",
      "the registry lists the tag, and its digest is that of the image that was built"),
  DEFINE_JOB(
      "define the Job",
      "save the manifest as ./job.yaml and put the image's name into it",
      "the API accepts it in a dry run"),
  RUN_JOB(
      "run the Job",
      "kubectl apply -f ./job.yaml",
      "Job job-wq-1 exists; never more than 2 of its pods run at once"),
  WAIT_FOR_JOB(
      "wait for the Job",
      "wait a bit",
      "kubectl wait --for=condition=complete --timeout=300s job/job-wq-1",
      "the Job has the condition Complete"),
  DESCRIBE_JOB(
      "look at the Job",
      "kubectl describe jobs/job-wq-1",
      "parallelism 2, completions 8, 8 pods succeeded, none active or failed, 8 events that name 8"
          + " different pods, and the worker's environment"),
  ALL_ITEMS_PROCESSED(
      "see that every item was processed",
      "nothing: the page takes it from the pods having succeeded",
      "the logs of the 8 pods name each item exactly once; 0 messages are ready and 0 unacked");

  private final String title;
  private final String classic;
  private final String current;
  private final String seen;

  Step(String title, String documented, String seen) {
    this(title, documented, documented, seen);
  }

  Step(String title, String classic, String current, String seen) {
    this.title = title;
    this.classic = classic;
    this.current = current;
    this.seen = seen;
  }

  /** The stable id, for example {@code start-service}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the step does, in a few words that begin with a verb. */
  public String title() {
    return title;
  }

  /** The commands that the edition documents, or in words what it tells one to do. */
  public String documented(Edition edition) {
    return edition == Edition.CLASSIC ? classic : current;
  }

  /** What must be seen afterwards. */
  public String seen() {
    return seen;
  }

  /** The step of this id. */
  public static Optional<Step> of(String id) {
    return Arrays.stream(values()).filter(step -> step.id().equals(id)).findFirst();
  }
}
