package workqueue.report;

/**
 * One thing that the worker at the gate does, whether that breaks a rule or not.
 *
 * @param what for example {@code on SIGTERM}
 * @param shown how it was seen to do it, for example {@code exits 143 within 1 s}
 */
public record Trait(String what, String shown) {}
