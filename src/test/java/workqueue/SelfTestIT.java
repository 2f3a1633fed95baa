package workqueue;

import workqueue.junit.Scenario;
import workqueue.junit.Specimens;
import workqueue.junit.WorkQueueTest;

/**
 * Tries what is wrong on purpose, which must be found, and what is sound, which must be cleared.
 */
@WorkQueueTest
class SelfTestIT {

  @Scenario(
      value = "selftest.acks-all-that-was-pushed",
      title = "It has ten items pushed to it, works on one and acks them all")
  void acksAllThatWasPushed(Specimens specimens) {
    specimens.catches("acks-all-that-was-pushed");
  }

  @Scenario(
      value = "selftest.acks-first",
      title = "It acks its item before it works on it, and loses it when the work fails")
  void acksFirst(Specimens specimens) {
    specimens.catches("acks-first");
  }

  @Scenario(
      value = "selftest.acks-on-failure",
      title = "It acks its item and ends well when its work fails")
  void acksOnFailure(Specimens specimens) {
    specimens.catches("acks-on-failure");
  }

  @Scenario(value = "selftest.alters-item", title = "It strips blanks and line ends off its item")
  void altersItem(Specimens specimens) {
    specimens.catches("alters-item");
  }

  @Scenario(
      value = "selftest.completions-too-few",
      title = "Its Job wants fewer successes than there are items")
  void completionsTooFew(Specimens specimens) {
    specimens.catches("completions-too-few");
  }

  @Scenario(
      value = "selftest.completions-too-many",
      title = "Its Job wants more successes than there are items")
  void completionsTooMany(Specimens specimens) {
    specimens.catches("completions-too-many");
  }

  @Scenario(value = "selftest.cuts-off", title = "It reads the first 64 KiB of its item only")
  void cutsOff(Specimens specimens) {
    specimens.catches("cuts-off");
  }

  @Scenario(
      value = "selftest.declares-its-queue",
      title = "It makes its queue if that is missing, and waits")
  void declaresItsQueue(Specimens specimens) {
    specimens.catches("declares-its-queue");
  }

  @Scenario(value = "selftest.decodes-item", title = "It takes its item for UTF-8 whatever it is")
  void decodesItem(Specimens specimens) {
    specimens.catches("decodes-item");
  }

  @Scenario(value = "selftest.deleted-early", title = "Its Job is deleted while it runs")
  void deletedEarly(Specimens specimens) {
    specimens.catches("deleted-early");
  }

  @Scenario(
      value = "selftest.drops-every-third",
      title = "It acks every third item without working on it")
  void dropsEveryThird(Specimens specimens) {
    specimens.catches("drops-every-third");
  }

  @Scenario(value = "selftest.eats-memory", title = "It wants more memory than it may have")
  void eatsMemory(Specimens specimens) {
    specimens.catches("eats-memory");
  }

  @Scenario(
      value = "selftest.ends-well-when-refused",
      title = "It ends well when the broker refuses its login")
  void endsWellWhenRefused(Specimens specimens) {
    specimens.catches("ends-well-when-refused");
  }

  @Scenario(
      value = "selftest.ends-well-without-broker",
      title = "It ends well when the broker is not there")
  void endsWellWithoutBroker(Specimens specimens) {
    specimens.catches("ends-well-without-broker");
  }

  @Scenario(value = "selftest.exits-0-on-failure", title = "It ends well when its work fails")
  void exits0OnFailure(Specimens specimens) {
    specimens.catches("exits-0-on-failure");
  }

  @Scenario(value = "selftest.exits-1-after-ack", title = "It acks its item and then ends badly")
  void exits1AfterAck(Specimens specimens) {
    specimens.catches("exits-1-after-ack");
  }

  @Scenario(value = "selftest.foreign-consumer", title = "Somebody else keeps one of its items")
  void foreignConsumer(Specimens specimens) {
    specimens.catches("foreign-consumer");
  }

  @Scenario(
      value = "selftest.hangs-on-one-item",
      title = "It never comes to an end with one of the items")
  void hangsOnOneItem(Specimens specimens) {
    specimens.catches("hangs-on-one-item");
  }

  @Scenario(value = "selftest.never-acks", title = "It works on its item, and never acks it")
  void neverAcks(Specimens specimens) {
    specimens.catches("never-acks");
  }

  @Scenario(
      value = "selftest.no-ack-mode",
      title = "It consumes without acks and is given all items at once")
  void noAckMode(Specimens specimens) {
    specimens.catches("no-ack-mode");
  }

  @Scenario(value = "selftest.no-executable-bit", title = "Its program lacks the executable bit")
  void noExecutableBit(Specimens specimens) {
    specimens.catches("no-executable-bit");
  }

  @Scenario(value = "selftest.parallelism-zero", title = "Its Job may have no pods")
  void parallelismZero(Specimens specimens) {
    specimens.catches("parallelism-zero");
  }

  @Scenario(
      value = "selftest.prefetches-ten",
      title = "It has ten items pushed to it and works on one")
  void prefetchesTen(Specimens specimens) {
    specimens.catches("prefetches-ten");
  }

  @Scenario(
      value = "selftest.prefetches-without-limit",
      title = "It sets no prefetch, and works on one of all that is pushed to it")
  void prefetchesWithoutLimit(Specimens specimens) {
    specimens.catches("prefetches-without-limit");
  }

  @Scenario(
      value = "selftest.prints-password",
      title = "It prints the address of its broker with the password in it")
  void printsPassword(Specimens specimens) {
    specimens.catches("prints-password");
  }

  @Scenario(
      value = "selftest.prints-password-when-refused",
      title = "It prints the address of its broker when the login fails")
  void printsPasswordWhenRefused(Specimens specimens) {
    specimens.catches("prints-password-when-refused");
  }

  @Scenario(value = "selftest.processes-twice", title = "It works on its item twice")
  void processesTwice(Specimens specimens) {
    specimens.catches("processes-twice");
  }

  @Scenario(value = "selftest.reads-first-line", title = "It reads the first line of its item only")
  void readsFirstLine(Specimens specimens) {
    specimens.catches("reads-first-line");
  }

  @Scenario(
      value = "selftest.rejects-for-good",
      title = "It rejects its item for good when its work fails")
  void rejectsForGood(Specimens specimens) {
    specimens.catches("rejects-for-good");
  }

  @Scenario(
      value = "selftest.republishes",
      title = "It puts a new item into the queue for each that it works off")
  void republishes(Specimens specimens) {
    specimens.catches("republishes");
  }

  @Scenario(
      value = "selftest.requeues-after-work",
      title = "It works on its item and gives it back")
  void requeuesAfterWork(Specimens specimens) {
    specimens.catches("requeues-after-work");
  }

  @Scenario(
      value = "selftest.takes-two",
      title = "It takes and acks two items, and works on the first")
  void takesTwo(Specimens specimens) {
    specimens.catches("takes-two");
  }

  @Scenario(
      value = "selftest.works-on-something-else",
      title = "It works on something that nobody gave it")
  void worksOnSomethingElse(Specimens specimens) {
    specimens.catches("works-on-something-else");
  }

  @Scenario(
      value = "selftest.wrong-architecture",
      title = "Its program is for another kind of machine")
  void wrongArchitecture(Specimens specimens) {
    specimens.catches("wrong-architecture");
  }

  @Scenario(
      value = "selftest.wrong-interpreter",
      title = "Its program names an interpreter that the image does not have")
  void wrongInterpreter(Specimens specimens) {
    specimens.catches("wrong-interpreter");
  }

  @Scenario(
      value = "selftest.wrong-queue",
      title = "It consumes from another queue than the one it is told")
  void wrongQueue(Specimens specimens) {
    specimens.catches("wrong-queue");
  }

  @Scenario(value = "selftest.cancels-before-it-acks", title = "It stops to consume before it acks")
  void cancelsBeforeItAcks(Specimens specimens) {
    specimens.clears("cancels-before-it-acks");
  }

  @Scenario(value = "selftest.chatty", title = "It prints hundreds of lines")
  void chatty(Specimens specimens) {
    specimens.clears("chatty");
  }

  @Scenario(
      value = "selftest.gets-its-item",
      title = "It asks for an item again and again until there is one")
  void getsItsItem(Specimens specimens) {
    specimens.clears("gets-its-item");
  }

  @Scenario(
      value = "selftest.gives-back-what-fails",
      title = "It gives its item back and ends badly when its work fails")
  void givesBackWhatFails(Specimens specimens) {
    specimens.clears("gives-back-what-fails");
  }

  @Scenario(
      value = "selftest.hands-on-its-item",
      title = "It puts what it worked on into a queue of its own")
  void handsOnItsItem(Specimens specimens) {
    specimens.clears("hands-on-its-item");
  }

  @Scenario(value = "selftest.in-a-transaction", title = "It acks in a transaction")
  void inATransaction(Specimens specimens) {
    specimens.clears("in-a-transaction");
  }

  @Scenario(
      value = "selftest.names-others",
      title = "It prints the names of other items beside its own")
  void namesOthers(Specimens specimens) {
    specimens.clears("names-others");
  }

  @Scenario(value = "selftest.other-language", title = "It is written in Perl")
  void otherLanguage(Specimens specimens) {
    specimens.clears("other-language");
  }

  @Scenario(value = "selftest.reads-all-bytes", title = "It works on whatever bytes it is given")
  void readsAllBytes(Specimens specimens) {
    specimens.clears("reads-all-bytes");
  }

  @Scenario(value = "selftest.silent", title = "It prints nothing: what it did cannot be known")
  void silent(Specimens specimens) {
    specimens.clears("silent");
  }

  @Scenario(
      value = "selftest.sleeps-longer",
      title = "It sleeps 0.3 s longer over each item than another does")
  void sleepsLonger(Specimens specimens) {
    specimens.catches("sleeps-longer");
  }

  @Scenario(value = "selftest.slow", title = "It takes its time")
  void slow(Specimens specimens) {
    specimens.clears("slow");
  }

  @Scenario(value = "selftest.started-by-exec", title = "Its program takes the place of the shell")
  void startedByExec(Specimens specimens) {
    specimens.clears("started-by-exec");
  }

  @Scenario(
      value = "selftest.tries-until-there-is-a-broker",
      title = "It goes on trying until there is a broker")
  void triesUntilThereIsABroker(Specimens specimens) {
    specimens.clears("tries-until-there-is-a-broker");
  }

  @Scenario(value = "selftest.ignores-sigterm", title = "It works on when it is told to end")
  void ignoresSigterm(Specimens specimens) {
    specimens.catches("ignores-sigterm");
  }

  @Scenario(
      value = "selftest.acks-before-it-works",
      title = "It acks its item before it works on it, and is killed then")
  void acksBeforeItWorks(Specimens specimens) {
    specimens.catches("acks-before-it-works");
  }

  @Scenario(
      value = "selftest.prints-password-alone",
      title = "It prints its password, and not as part of an address")
  void printsPasswordAlone(Specimens specimens) {
    specimens.catches("prints-password-alone");
  }

  @Scenario(
      value = "selftest.prints-password-in-base64",
      title = "It prints a header with its login in Base64")
  void printsPasswordInBase64(Specimens specimens) {
    specimens.catches("prints-password-in-base64");
  }

  @Scenario(
      value = "selftest.ends-well-when-the-broker-goes",
      title = "It ends well when its broker goes away",
      ownBroker = true)
  void endsWellWhenTheBrokerGoes(Specimens specimens) {
    specimens.catches("ends-well-when-the-broker-goes");
  }

  @Scenario(
      value = "selftest.hangs-when-the-broker-goes",
      title = "It hangs when its broker goes away",
      ownBroker = true)
  void hangsWhenTheBrokerGoes(Specimens specimens) {
    specimens.catches("hangs-when-the-broker-goes");
  }

  @Scenario(
      value = "selftest.controller-stopped",
      title = "Its cluster has no controller for Jobs",
      nodes = 1,
      server = "--kube-controller-manager-arg=controllers=*,-job")
  void controllerStopped(Specimens specimens) {
    specimens.catches("controller-stopped");
  }

  @Scenario(
      value = "selftest.reconnects",
      title = "It connects again when its broker goes away",
      ownBroker = true)
  void reconnects(Specimens specimens) {
    specimens.clears("reconnects");
  }

  @Scenario(
      value = "selftest.gives-back-on-sigterm",
      title = "It gives its item back when it is told to end")
  void givesBackOnSigterm(Specimens specimens) {
    specimens.clears("gives-back-on-sigterm");
  }

  @Scenario(
      value = "selftest.short-time-to-live",
      title = "Its Job is deleted as soon as it has ended")
  void shortTimeToLive(Specimens specimens) {
    specimens.clears("short-time-to-live");
  }

  @Scenario(value = "selftest.big-image", title = "Its image is bigger than it need be")
  void bigImage(Specimens specimens) {
    specimens.clears("big-image");
  }
}
