/** What was observed: events, the recorder that numbers them, and the file that keeps them. */
package workqueue.history;
