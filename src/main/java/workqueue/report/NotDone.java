package workqueue.report;

/** Of what is thrown to say that something was not done, and that nothing is wrong. */
public interface NotDone {}
