// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One run of steps, from the first question to the last answer.

#include "models/changes/changes.h"
#include "models/changes/stepkinds.h"
#include "models/values/format.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Failure = Outcome::Failure;

namespace {

// No answer came, or one that says nothing: it may have happened all the same.
bool isUncertain(const api::Error &error)
{
    using Kind = api::Error::Kind;
    return error.kind == Kind::Timeout || error.kind == Kind::Offline || error.kind == Kind::Server
        || error.kind == Kind::BadAnswer || error.kind == Kind::TooLarge;
}

// The next step would fail in the same way.
bool isHopeless(const api::Error &error)
{
    using Kind = api::Error::Kind;
    return error.kind == Kind::ReadOnly || error.kind == Kind::Unauthorized || error.kind == Kind::Offline
        || error.kind == Kind::Timeout || error.kind == Kind::Tls || error.kind == Kind::RateLimited;
}

QString asText(const QJsonValue &value)
{
    constexpr qsizetype most = 80;
    QString text = value.toVariant().toString();
    if (value.isObject()) {
        QStringList parts;
        const QJsonObject object = value.toObject();
        for (auto property = object.begin(); property != object.end(); ++property)
            parts += property.value().toVariant().toString();
        text = parts.join(u", "_s);
    }
    text = text.simplified();
    return text.size() <= most ? text : text.left(most - 1) + u'…';
}

// What was taken back is called by what it had been.
QString pastTense(const Outcome &outcome)
{
    if (outcome.way == Outcome::Way::Done)
        return stepkinds::pastTense(outcome.done);
    std::vector<Step> meant;
    for (const Step &step : outcome.done)
        meant.push_back(outcome.way == Outcome::Way::Undone ? stepkinds::reversed(step).value_or(step) : step);
    const QString what = stepkinds::verb(meant);
    return outcome.way == Outcome::Way::Undone ? ChangeRun::tr("Undone: %1").arg(what) : ChangeRun::tr("Redone: %1").arg(what);
}

} // namespace

QString Outcome::sentence() const
{
    if (done.empty() && failed.size() == 1 && left.empty())
        return ChangeRun::tr("%1 failed: %2").arg(stepkinds::verb(steps), failed.front().reason);
    if (done.empty() && failed.empty())
        return ChangeRun::tr("%1: nothing was changed.").arg(stepkinds::verb(steps));
    QString text = done.empty() ? ChangeRun::tr("%1 failed").arg(stepkinds::verb(steps)) : pastTense(*this);
    QStringList but;
    const auto number = [](const std::vector<Step> &of) { return format::count(stepkinds::count(of)); };
    if (!failed.empty()) {
        std::vector<Step> those;
        for (const Failure &failure : failed)
            those.push_back(failure.step);
        but += ChangeRun::tr("%1 of %2 failed").arg(number(those), number(steps));
    }
    if (!left.empty())
        but += ChangeRun::tr("%1 not begun").arg(number(left));
    if (!but.isEmpty())
        text = ChangeRun::tr("%1; %2").arg(text, but.join(u", "_s));
    if (lateAnswers > 0)
        text = ChangeRun::tr("%1. The server’s answer was lost, but a look shows that it happened").arg(text);
    return text + u'.';
}

std::vector<Step> Outcome::retryable() const
{
    std::vector<Step> again;
    for (const Failure &failure : failed) {
        if (failure.why == Failure::Why::Refused)
            again.push_back(failure.step);
    }
    again.insert(again.end(), left.begin(), left.end());
    return again;
}

ChangeRun::ChangeRun(Session *session, std::vector<Step> steps, Outcome::Way way, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    m_outcome.server = session->profile().id;
    m_outcome.way = way;
    m_outcome.steps = std::move(steps);
    connect(session, &QObject::destroyed, this, &ChangeRun::end);
}

void ChangeRun::start(Tasks &tasks)
{
    m_isRunning = true;
    m_task = tasks.add(stepkinds::verb(m_outcome.steps), this);
    connect(m_task, &Task::cancelled, this, &ChangeRun::cancel);
    next();
}

void ChangeRun::cancel()
{
    m_isCancelled = true;
    if (!m_isRunning) // from the event loop: whoever asked may not have connected yet
        QMetaObject::invokeMethod(this, &ChangeRun::end, Qt::QueuedConnection);
}

void ChangeRun::next()
{
    if (m_task)
        m_task->setProgress(static_cast<qint64>(m_at), static_cast<qint64>(m_outcome.steps.size()));
    if (m_isCancelled || !m_session || m_at == m_outcome.steps.size()) {
        end();
        return;
    }
    const Step &step = m_outcome.steps[m_at];
    const QString obstacle = stepkinds::obstacle(step, m_session->version());
    if (!obstacle.isEmpty())
        failed(Failure::Why::Refused, obstacle);
    else if (m_firstMayBeDone && m_at == 0)
        lookThenSend(step);
    else if (m_checksFirst && stepkinds::canLook(step))
        checkThenSend(step);
    else
        send(step);
}

void ChangeRun::checkThenSend(const Step &step)
{
    stepkinds::look(m_session->client(), step, this, [this, step](const api::Result<QJsonValue> &now) {
        if (!now) {
            const bool isGone = now.error().kind == api::Error::Kind::NotFound;
            failed(isGone ? Failure::Why::Conflict : Failure::Why::Refused,
                isGone ? tr("“%1” is not there any more.").arg(step.label) : now.error().sentence());
        } else if (now.value() == step.before) {
            send(step);
        } else if (now.value().isNull()) {
            failed(Failure::Why::Conflict, tr("“%1” is not there any more.").arg(step.label));
        } else {
            const QString text = asText(now.value());
            failed(Failure::Why::Conflict,
                now.value().isBool() || text.isEmpty()
                    ? tr("“%1” has been changed meanwhile, so it is left as it is.").arg(step.label)
                    : tr("“%1” has been changed meanwhile (it is now “%2”), so it is left as it is.")
                          .arg(step.label, text),
                now.value());
        }
    });
}

void ChangeRun::lookThenSend(const Step &step)
{
    if (!stepkinds::canLook(step)) {
        failed(Failure::Why::Unknown,
            tr("It was being sent when the program ended. Whether it happened is not known: look before you try again."));
        return;
    }
    stepkinds::look(m_session->client(), step, this, [this, step](const api::Result<QJsonValue> &now) {
        if (now && now.value() == step.after)
            done({});
        else
            checkThenSend(step);
    });
}

void ChangeRun::send(const Step &step)
{
    if (m_journal)
        m_journal->sending(m_at);
    auto *reply = stepkinds::send(m_session->client(), step);
    reply->otherwise(this, [](const api::Error &) {}); // told by the outcome
    connect(reply, &api::ReplyBase::finished, this, [this, reply] { settle(reply->result()); });
}

void ChangeRun::settle(const api::Result<api::Acknowledgement> &result)
{
    if (result)
        done(result.value());
    else if (result.error().kind == api::Error::Kind::Cancelled)
        end(); // the server was disconnected
    else if (isUncertain(result.error()))
        lookWhether(result.error());
    else
        failed(Failure::Why::Refused, result.error().sentence());
    if (!result && isHopeless(result.error()))
        m_isCancelled = true;
}

void ChangeRun::lookWhether(const api::Error &error)
{
    const Step step = m_outcome.steps[m_at];
    const QString unsure = tr("%1 Whether it happened all the same is not known: look before you try again.")
                               .arg(error.sentence());
    if (!m_session || !stepkinds::canLook(step)) {
        failed(Failure::Why::Unknown, unsure);
        return;
    }
    stepkinds::look(m_session->client(), step, this, [this, step, error, unsure](const api::Result<QJsonValue> &now) {
        if (now && now.value() == step.after) {
            ++m_outcome.lateAnswers;
            done({});
        } else if (now) {
            failed(Failure::Why::Refused, tr("%1 It did not happen.").arg(error.sentence()));
        } else {
            failed(Failure::Why::Unknown, unsure);
        }
    });
}

void ChangeRun::done(const api::Acknowledgement &answer)
{
    m_outcome.done.push_back(m_outcome.steps[m_at]);
    m_outcome.answers.push_back(answer);
    if (m_journal)
        m_journal->done(m_at);
    ++m_at;
    next();
}

void ChangeRun::failed(Failure::Why why, const QString &reason, const QJsonValue &now)
{
    m_outcome.failed.push_back({m_outcome.steps[m_at], why, reason, now});
    if (m_journal)
        m_journal->failed(m_at);
    ++m_at;
    // From the event loop: a list of refusals must not become a stack as deep.
    QMetaObject::invokeMethod(this, &ChangeRun::next, Qt::QueuedConnection);
}

void ChangeRun::end()
{
    if (m_isEnded)
        return;
    m_isEnded = true;
    m_outcome.left.assign(m_outcome.steps.begin() + static_cast<std::ptrdiff_t>(m_at), m_outcome.steps.end());
    if (m_task)
        m_task->finish();
    emit ended();
}
