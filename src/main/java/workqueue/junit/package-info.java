/** The JUnit extension: the run's lifecycle, what scenarios are given, judging, diagnostics. */
package workqueue.junit;
