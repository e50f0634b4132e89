import type { NoticeDelivery } from '@shared/domain/webhook.ts'
import { Topic } from '../rpc/topic.ts'

const MAX_LINES = 100

/** The last hundred notices and what became of them, newest first. */
export class DeliveryLog {
  readonly topic = new Topic<NoticeDelivery[]>([])

  write(delivery: NoticeDelivery): void {
    const before = this.topic.value
    const known = before.some((each) => each.id === delivery.id)
    this.topic.set(known ? before.map((each) => (each.id === delivery.id ? delivery : each)) : [delivery, ...before].slice(0, MAX_LINES))
  }
}
