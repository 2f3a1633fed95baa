/** The one door to waiting: looks at a state until it is good, hopeless, or the limit runs out. */
package workqueue.waiting;
