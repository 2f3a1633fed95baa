/** A run and its scenarios: what they share, the environment of each, its record and judging. */
package workqueue.scenario;
