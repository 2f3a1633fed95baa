package workqueue.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;

/**
 * A scenario of a {@link WorkQueueTest} for each sound worker of {@code fixtures/workers} and each
 * rule that is about it, and one for each of its broken twins.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
public @interface EachWorker {}
