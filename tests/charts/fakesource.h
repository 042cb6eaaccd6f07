// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartloader.h"

#include <QPointer>

#include <cmath>
#include <limits>
#include <vector>

// Stands for a server: keeps the questions until the test answers them. Series have 15,000 points of
// which a sample has every 30th; metrics named absent... are unknown to runs with an odd number; those
// named late... begin 100 s after the others.
class FakeSource
{
public:
    struct Asked
    {
        api::ChartQuestion question;
        QPointer<api::Reply<api::ChartAnswer>> reply;
        bool isCancelled() const { return !reply || reply->isFinished(); }
    };

    ChartLoader::Source source()
    {
        return [this](const api::ChartQuestion &question, api::Priority) {
            auto *reply = new api::Reply<api::ChartAnswer>;
            reply->setParent(&m_open); // those nobody answers go with the fake
            asked.push_back({question, reply});
            if (answersByItself)
                QMetaObject::invokeMethod(reply, [this, question, reply] { reply->finish(answer(question)); }, Qt::QueuedConnection);
            return reply;
        };
    }

    static double value(int run, int step) { return run + std::sin(step * 0.001); }

    api::ChartAnswer answer(const api::ChartQuestion &question) const
    {
        api::ChartAnswer answer;
        for (const QString &key : question.experiments) {
            const int run = key.mid(3).toInt();
            api::ChartedExperiment experiment;
            experiment.key = key;
            for (const QString &metric : *question.metrics) {
                if (metric.startsWith(QStringLiteral("absent")) && run % 2 == 1)
                    continue;
                api::MetricSeries series;
                series.name = metric;
                for (int step = 0; step < points; step += question.full ? 1 : 30) {
                    series.steps.push_back(step);
                    series.timestamps.push_back(1.7e12 + 250.0 * step + (metric.startsWith(QStringLiteral("late")) ? 100'000 : 0));
                    const bool lost = metric == QStringLiteral("nan") && step >= 300 && step < 360;
                    const double vast = metric == QStringLiteral("vast") ? 9007199254740992.0 : 0; // where doubles are 2 apart
                    series.values.push_back(lost ? std::numeric_limits<double>::quiet_NaN() : value(run, step) + vast);
                }
                experiment.metrics.push_back(std::move(series));
            }
            answer.push_back(std::move(experiment));
        }
        return answer;
    }

    void answerAll()
    {
        const std::vector<Asked> open = std::exchange(asked, {});
        for (const Asked &one : open) {
            if (!one.isCancelled())
                one.reply->finish(answer(one.question));
        }
    }
    void failAll(api::Error::Kind kind)
    {
        const std::vector<Asked> open = std::exchange(asked, {});
        for (const Asked &one : open) {
            if (!one.isCancelled())
                one.reply->finish(api::Error{kind, QStringLiteral("refused"), 0, 0, {}});
        }
    }

    static QStringList keys(int count)
    {
        QStringList keys;
        for (int i = 0; i < count; ++i)
            keys.append(QStringLiteral("run%1").arg(i));
        return keys;
    }

    std::vector<Asked> asked;
    bool answersByItself = false;
    int points = 15000;

private:
    QObject m_open;
};
