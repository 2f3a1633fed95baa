/** What is claimed of a history, and the verdicts. */
package workqueue.checker.claim;
