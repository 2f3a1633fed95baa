package workqueue.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;

/**
 * A scenario of a {@link WorkQueueTest} for each folder of {@code fixtures/mutants} and {@code
 * fixtures/sound}, with the id {@code selftest.<folder>}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
public @interface EachSpecimen {}
