/** What is handed on of a run, so that anybody can judge it again. */
package workqueue.bundle;
