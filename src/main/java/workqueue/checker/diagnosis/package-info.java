/** Why: one class per cause, what each follows from, and whether it is still worth waiting. */
package workqueue.checker.diagnosis;
