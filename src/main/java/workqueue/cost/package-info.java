/** What a worker costs, and whether one costs more than another: figures and statistics alone. */
package workqueue.cost;
