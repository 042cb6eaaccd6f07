// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/keychain.h"

#include <QPointer>
#include <QTimer>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace {

Keychain::Answer answerOf(const QKeychain::Job &job)
{
    using Status = Keychain::Answer::Status;
    Keychain::Answer answer;
    answer.message = job.errorString();
    switch (job.error()) {
    case QKeychain::NoError:
        return answer;
    case QKeychain::EntryNotFound:
        answer.status = Status::NotFound;
        return answer;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::CouldNotDeleteEntry:
        answer.status = Status::Refused;
        return answer;
    // OtherError is what a machine without a session bus answers (measured with 0.13).
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    answer.status = Status::NoKeychain;
    return answer;
}

void askSystem(Keychain::Operation operation, const QString &account, const QString &secret,
    Keychain::Answered answered)
{
    const QString service = u"perihelion"_s;
    QKeychain::Job *job = nullptr;
    switch (operation) {
    case Keychain::Operation::Read:
        job = new QKeychain::ReadPasswordJob(service);
        break;
    case Keychain::Operation::Write: {
        auto *write = new QKeychain::WritePasswordJob(service);
        write->setTextData(secret);
        job = write;
        break;
    }
    case Keychain::Operation::Remove:
        job = new QKeychain::DeletePasswordJob(service);
        break;
    }
    job->setInsecureFallback(false); // never a key in a plain file
    job->setKey(account);
    QObject::connect(job, &QKeychain::Job::finished, job, [answered = std::move(answered)](QKeychain::Job *done) {
        Keychain::Answer answer = answerOf(*done);
        if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done))
            answer.secret = read->textData();
        answered(answer);
    });
    job->start();
}

} // namespace

Keychain::Keychain(QObject *parent)
    : Keychain(askSystem, parent)
{
}

Keychain::Keychain(Backend backend, QObject *parent)
    : QObject(parent)
    , m_backend(std::move(backend))
{
}

void Keychain::read(const QString &id, const QObject *context,
    std::function<void(const QString &, const QString &)> done)
{
    if (m_memory.contains(id) || m_where == Where::ThisRun) {
        QTimer::singleShot(0, context, [key = m_memory.value(id), done = std::move(done)] { done(key, {}); });
        return;
    }
    m_backend(Operation::Read, id, {},
        [self = QPointer(this), id, context = QPointer(context), done = std::move(done)](const Answer &answer) {
            if (!self || !context)
                return;
            QString problem;
            if (answer.status == Answer::Status::Done)
                self->m_memory.insert(id, answer.secret);
            else if (answer.status == Answer::Status::Refused)
                problem = tr("The keychain did not give out the API key: %1").arg(answer.message);
            else if (answer.status == Answer::Status::NoKeychain)
                self->setWhere(Where::ThisRun);
            done(answer.secret, problem);
        });
}

void Keychain::write(const QString &id, const QString &key, const QObject *context,
    std::function<void(Where, const QString &)> done)
{
    m_memory.insert(id, key);
    m_backend(Operation::Write, id, key,
        [self = QPointer(this), context = QPointer(context), done = std::move(done)](const Answer &answer) {
            if (!self || !context)
                return;
            if (answer.status == Answer::Status::Done) {
                self->setWhere(Where::System);
                done(Where::System, {});
            } else if (answer.status == Answer::Status::Refused) {
                done(Where::ThisRun,
                    tr("The keychain did not take the API key (%1). It is kept until the program ends.")
                        .arg(answer.message));
            } else {
                self->setWhere(Where::ThisRun);
                done(Where::ThisRun,
                    tr("This system has no keychain. The API key is kept until the program ends."));
            }
        });
}

void Keychain::remove(const QString &id)
{
    m_memory.remove(id);
    m_backend(Operation::Remove, id, {}, [](const Answer &) {}); // what is not there need not go
}

void Keychain::keepForThisRun(const QString &id, const QString &key)
{
    m_memory.insert(id, key);
}

void Keychain::setWhere(Where where)
{
    if (m_where == where)
        return;
    m_where = where;
    emit whereChanged();
}
